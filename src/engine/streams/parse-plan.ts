import type { PlanProblem } from '../../protocol/streams.ts';
import { plural } from '../text.ts';
import { type Directives, readDirectives } from './directives.ts';
import { type Nodes, readMarkdown } from './markdown.ts';
import { findSections, type Section } from './plan-sections.ts';
import { findNamed, streamId } from './stream-name.ts';

/** A stream as the plan has it, before anything is known of the repository. */
export interface DraftStream {
  readonly id: string;
  readonly title: string;
  /** Markdown as it stands. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** Ids; free of circles. */
  readonly after: readonly string[];
  readonly declared: Pick<Directives, 'paths' | 'scopes'>;
}

export interface ParsedPlan {
  readonly streams: readonly DraftStream[];
  readonly problems: readonly PlanProblem[];
}

const MAX_LENGTH = 512 * 1024;
const MAX_STREAMS = 100;

/** Reads the streams out of a plan in Markdown. Never throws on its content: what is wrong with it is a problem with a line. */
export async function parsePlan(source: string): Promise<ParsedPlan> {
  const text = source.replace(/^\uFEFF/, '');
  if (text.trim() === '') return { streams: [], problems: [{ line: 1, message: 'The plan is empty.' }] };
  if (text.length > MAX_LENGTH)
    return { streams: [], problems: [{ line: 1, message: 'The plan is larger than 512 KB.' }] };
  const root = await readMarkdown(text);
  if (root === undefined)
    return {
      streams: [],
      problems: [{ line: 1, message: 'The plan cannot be read as Markdown: it nests too deeply.' }],
    };
  const sections = findSections(root, text);
  const open = sections.filter(({ done, title }) => !done && title !== '');
  if (open.length === 0) return { streams: [], problems: [nothing(sections)] };
  return readStreams(open.slice(0, MAX_STREAMS), sections, text, codeLines(root), tooMany(open));
}

function nothing(sections: readonly Section[]): PlanProblem {
  const message =
    sections.length > 0
      ? 'Every stream of the plan is ticked off.'
      : 'The plan names no streams: give each a heading of its own (## Title), or make them a list.';
  return { line: 1, message };
}

function tooMany(open: readonly Section[]): readonly PlanProblem[] {
  const first = open[MAX_STREAMS];
  if (first === undefined) return [];
  const message = `The plan names ${plural(open.length, 'stream')}; from here on they are left out.`;
  return [{ line: first.line, message }];
}

function readStreams(
  open: readonly Section[],
  all: readonly Section[],
  text: string,
  code: ReadonlySet<number>,
  known: readonly PlanProblem[],
): ParsedPlan {
  const problems: PlanProblem[] = [...known];
  const named = nameAll(open, problems);
  const done = all.filter((section) => section.done).map(({ title }, index) => ({ id: streamId(title, index), title }));
  const drafts = named.map(({ id, section }) => {
    const own = text.slice(section.start, section.end).trimEnd();
    const directives = readDirectives(own, section.line, (line) => code.has(line));
    const after = directives.after.flatMap(({ value, line }) => {
      const found = findNamed(value, [...named, ...done]);
      if (found.kind === 'stream') return named.some((other) => other.id === found.id) ? [{ id: found.id, line }] : [];
      const advice = found.near === undefined ? '' : ` Did you mean "${found.near}"?`;
      problems.push({
        line,
        message: `"${section.title}" comes after "${value}", which is no stream of this plan.${advice}`,
      });
      return [];
    });
    return { id, title: section.title, text: own, line: section.line, after, declared: directives };
  });
  const streams = withoutCircles(drafts, problems);
  return { streams, problems: problems.sort((a, b) => a.line - b.line) };
}

interface NamedSection {
  readonly id: string;
  readonly title: string;
  readonly section: Section;
}

function nameAll(sections: readonly Section[], problems: PlanProblem[]): readonly NamedSection[] {
  const titles = new Map<string, number>();
  const ids = new Set<string>();
  return sections.map((section, index) => {
    const { title, line } = section;
    const earlier = titles.get(title);
    if (earlier !== undefined)
      problems.push({
        line,
        message: `There already is a stream "${title}", in line ${earlier}: give one of them another title.`,
      });
    titles.set(title, earlier ?? line);
    const wanted = streamId(title, index + 1);
    let id = wanted;
    for (let count = 2; ids.has(id); count++) id = `${wanted}-${count}`;
    ids.add(id);
    return { id, title, section };
  });
}

interface Draft extends Omit<DraftStream, 'after'> {
  readonly after: readonly { readonly id: string; readonly line: number }[];
}

/** Leaves out each dependency that would close a circle, in the plan's order, and says so. */
function withoutCircles(drafts: readonly Draft[], problems: PlanProblem[]): readonly DraftStream[] {
  const kept = new Map<string, string[]>(drafts.map(({ id }) => [id, []]));
  const leadsTo = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return (kept.get(from) ?? []).some((next) => leadsTo(next, to, seen));
  };
  const title = (id: string): string => drafts.find((draft) => draft.id === id)?.title ?? id;
  for (const { id, after } of drafts) {
    for (const { id: other, line } of after) {
      if (leadsTo(other, id)) {
        const message =
          id === other
            ? `"${title(id)}" comes after itself.`
            : `"${title(id)}" and "${title(other)}" each come after the other.`;
        problems.push({ line, message });
      } else if (kept.get(id)?.includes(other) === false) kept.get(id)?.push(other);
    }
  }
  return drafts.map((draft) => ({ ...draft, after: kept.get(draft.id) ?? [] }));
}

function codeLines(node: Nodes): ReadonlySet<number> {
  const lines = new Set<number>();
  const visit = (next: Nodes): void => {
    if (next.type === 'code' || next.type === 'html') {
      const { start, end } = next.position ?? { start: { line: 1 }, end: { line: 0 } };
      for (let line = start.line; line <= end.line; line++) lines.add(line);
    }
    if ('children' in next) for (const child of next.children) visit(child);
  };
  visit(node);
  return lines;
}
