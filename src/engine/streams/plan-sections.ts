import { isDirective } from './directives.ts';
import type { Content, ListItem, Nodes, Root } from './markdown.ts';
import { isLabelled } from './stream-name.ts';

/** A piece of the plan that is one stream. Offsets are UTF-16 indices, end exclusive; lines are 1-based. */
export interface Section {
  readonly title: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Ticked off: nothing is left to be done of it. */
  readonly done: boolean;
}

interface Heading extends Section {
  readonly depth: number;
}

const UMBRELLA = /^(parallel )?(work ?)?(streams?|tracks)( of work)?$/i;
/** What a plan says beside its streams. */
const PROSE =
  /^(background|contexts?|overview|introduction|intro|summary|abstract|(non-?)?goals?|motivation|notes?|risks?|(out of )?scope|appendix|references|(open )?questions|decisions|timeline|status|(how to )?verif(y|ication)|testing|acceptance( criteria)?|constraints|glossary|links|table of contents|contents|hintergrund|ziele?)$/i;

/**
 * The streams of a plan: the headings under one called "Streams", else the level 2 or 3 that has several, else the items of the
 * lists at the top.
 */
export function findSections(root: Root, text: string): readonly Section[] {
  const headings = headingsOf(root, text);
  return underUmbrella(root, headings, text) ?? siblings(headings, text) ?? itemsOf(root.children);
}

function headingsOf(root: Root, text: string): readonly Heading[] {
  const found = root.children.flatMap((node) => (node.type === 'heading' ? [node] : []));
  return found.map((node, index) => {
    const next = found.slice(index + 1).find(({ depth }) => depth <= node.depth);
    return {
      ...titled(plainText(node)),
      depth: node.depth,
      line: node.position?.start.line ?? 1,
      start: startOf(node),
      end: next === undefined ? text.length : startOf(next),
    };
  });
}

function underUmbrella(root: Root, headings: readonly Heading[], text: string): readonly Section[] | undefined {
  const umbrella = headings.find(({ title }) => UMBRELLA.test(title.replace(/:$/, '')));
  if (umbrella === undefined) return undefined;
  const inside = headings.filter(({ start }) => start > umbrella.start && start < umbrella.end);
  const depth = Math.min(...inside.map((heading) => heading.depth));
  const under = inside.filter((heading) => heading.depth === depth);
  if (under.length > 0) return withoutProse(under, text);
  const items = itemsOf(root.children.filter((node) => startOf(node) > umbrella.start && startOf(node) < umbrella.end));
  return items.length > 0 ? items : undefined;
}

function siblings(headings: readonly Heading[], text: string): readonly Section[] | undefined {
  for (const depth of [2, 3, 1]) {
    const level = withoutProse(
      headings.filter((heading) => heading.depth === depth),
      text,
    );
    const labelled = level.filter(({ title }) => isLabelled(title));
    if (labelled.length > 1) return labelled;
    if (level.length > 1) return level;
  }
  const declaring = headings.filter((heading) => heading.depth > 1 && declares(heading, text));
  return declaring.length > 0 ? declaring : undefined;
}

function withoutProse<S extends Section>(sections: readonly S[], text: string): readonly S[] {
  return sections.filter((section) => !PROSE.test(section.title.replace(/:$/, '')) || declares(section, text));
}

function declares({ start, end }: Section, text: string): boolean {
  return text.slice(start, end).split('\n').some(isDirective);
}

function itemsOf(nodes: readonly Content[]): readonly Section[] {
  return nodes.flatMap((node) => (node.type === 'list' ? node.children.map(itemSection) : []));
}

const MAX_TITLE = 80;

function itemSection(item: ListItem): Section {
  const [first] = item.children;
  const [lead] = first?.type === 'paragraph' ? first.children : [];
  const whole = first === undefined ? '' : plainText(first);
  const { title, done } = titled(whole.split('\n')[0] ?? '');
  const strong = lead?.type === 'strong' ? plainText(lead) : undefined;
  const brief = title.length <= MAX_TITLE ? title : (/^.{8,80}?(?=[.:;]\s| [–—-] )/.exec(title)?.[0] ?? title);
  return {
    title: (strong ?? brief).replace(/[:.]$/, '').trim(),
    done,
    line: item.position?.start.line ?? 1,
    start: startOf(item),
    end: item.position?.end.offset ?? 0,
  };
}

function titled(text: string): Pick<Section, 'title' | 'done'> {
  const match = /^\[([ xX])\]\s+/.exec(text);
  const title = text.slice(match?.[0].length ?? 0).replace(/\s+/g, ' ');
  return { title: title.trim(), done: match !== null && match[1] !== ' ' };
}

function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

/** What a reader sees of a node, without its marks. */
function plainText(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if (node.type === 'break') return '\n';
  return 'children' in node ? node.children.map(plainText).join('') : '';
}
