import type { Reference } from '../../engine/language.ts';

interface Block {
  readonly start: number;
  readonly end: number;
}

/** A `<script>` tag, its attributes as written. */
interface Tag {
  readonly attributes: string;
  /** Offset of the attributes. */
  readonly start: number;
  readonly content: Block;
}

/** Script blocks of a single-file component, in place; everything else blanked so that offsets stay true. */
export function scriptText(path: string, text: string): string {
  if (!isComponent(path)) return text;
  const scripts = scriptTags(text)
    .filter(({ attributes }) => runs(attributes))
    .map(({ content }) => content);
  const blocks = path.endsWith('.astro') ? [...frontmatter(text), ...scripts] : scripts;
  let out = '';
  let last = 0;
  for (const { start, end } of blocks) {
    // A tag that the frontmatter speaks of is part of it.
    if (start < last) continue;
    out += blank(text.slice(last, start)) + text.slice(start, end);
    last = end;
  }
  return out + blank(text.slice(last));
}

const SRC = /(?<![^\s"'])src\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** Scripts that a component takes from elsewhere: `<script src="./a.ts">`. */
export function scriptSources(path: string, text: string): readonly Reference[] {
  if (!isComponent(path)) return [];
  return scriptTags(text).flatMap(({ attributes, start: from }) => {
    const match = SRC.exec(attributes);
    const specifier = match?.[1] ?? match?.[2] ?? '';
    // What a browser fetches from another host is no module of the repository.
    if (match === null || specifier === '' || /^(?:[a-z][\w+.-]*:|\/\/)/i.test(specifier)) return [];
    const start = from + match.index + match[0].length - 1 - specifier.length;
    return [{ specifier, kind: 'static', typeOnly: false, start, end: start + specifier.length }];
  });
}

function isComponent(path: string): boolean {
  return /\.(vue|svelte|astro)$/.test(path);
}

function blank(part: string): string {
  return part.replace(/[^\n]/g, ' ');
}

/** `<script type="application/ld+json">` holds data. */
function runs(attributes: string): boolean {
  const type = /(?<![^\s"'])type\s*=\s*["']?([^"'\s>]*)/i.exec(attributes)?.[1] ?? '';
  return !/json|template|text\/(?:html|plain)|importmap|speculationrules/i.test(type);
}

function frontmatter(text: string): Block[] {
  const open = /(?:^\uFEFF?|\n)---[^\S\n]*\n/.exec(text);
  if (open === null) return [];
  const start = open.index + open[0].length;
  // The line's own end counts, so that an empty frontmatter has one too.
  const end = text.indexOf('\n---', start - 1);
  return end < 0 ? [] : [{ start, end: Math.max(start, end) }];
}

function scriptTags(text: string): Tag[] {
  const tags: Tag[] = [];
  const open = /<script(?![\w-])/gi;
  const close = /<\/script\s*>/gi;
  for (let found = open.exec(text); found !== null; found = open.exec(text)) {
    const start = open.lastIndex;
    const end = tagEnd(text, start);
    if (end === undefined) break;
    const attributes = text.slice(start, end);
    close.lastIndex = end + 1;
    const closing = attributes.endsWith('/') ? undefined : close.exec(text);
    // Neither this tag nor any behind it is closed.
    if (closing === null) break;
    const content = { start: end + 1, end: closing?.index ?? end + 1 };
    tags.push({ attributes, start, content });
    open.lastIndex = content.end;
  }
  return tags;
}

/** Place of the `>` that ends a tag; one in quotes does not. */
function tagEnd(text: string, start: number): number | undefined {
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '>') return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return undefined;
}
