/** What the preview tells apart; everything in it is text, nothing is ever markup. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'item'; readonly depth: number; readonly mark: string; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

const FENCE = /^( *)(`{3,}|~{3,})/;
const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^\s*>\s?(.*)$/;

/** As much of Markdown as a hand-off has. A fence is closed by one of its own kind that is no shorter. */
export function parseBlocks(markdown: string): readonly Block[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, indent, fence] = FENCE.exec(line) ?? [];
    if (indent !== undefined && fence !== undefined) {
      const end = endOfFence(lines, at + 1, fence);
      const inside = lines.slice(at + 1, end).map((one) => (one.startsWith(indent) ? one.slice(indent.length) : one));
      blocks.push({ kind: 'code', text: inside.join('\n') });
      at = end;
    } else add(blocks, line.trim() === '' ? END : blockOf(line));
  }
  return blocks.filter((block) => block !== END);
}

export interface Span {
  readonly kind: 'words' | 'code' | 'strong';
  readonly text: string;
}

/** Splits `code` and **strong** from the words around it; what has no end is words. */
export function parseSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  let words = '';
  for (let rest = text; rest !== ''; ) {
    const ticks = /`+/.exec(rest);
    if (ticks === null) {
      words += rest;
      break;
    }
    const [mark] = ticks;
    const start = ticks.index + mark.length;
    const end = closing(rest, start, mark);
    words += rest.slice(0, ticks.index);
    if (end < 0) words += mark;
    else {
      spans.push(...strongOf(words), { kind: 'code', text: rest.slice(start, end) });
      words = '';
    }
    rest = rest.slice(end < 0 ? start : end + mark.length);
  }
  return [...spans, ...strongOf(words)];
}

function strongOf(words: string): readonly Span[] {
  const parts = words.split('**');
  // The last of an even number stands behind a mark that nothing closes.
  const open = parts.length % 2 === 0 ? `**${parts.pop() ?? ''}` : '';
  const spans = parts.map((text, index): Span => ({ kind: index % 2 === 0 ? 'words' : 'strong', text }));
  return [...spans, { kind: 'words' as const, text: open }].filter(({ text }) => text !== '');
}

function closing(text: string, from: number, mark: string): number {
  for (const found of text.slice(from).matchAll(/`+/g)) if (found[0] === mark) return from + found.index;
  return -1;
}

function endOfFence(lines: readonly string[], from: number, fence: string): number {
  for (let at = from; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    if (line.startsWith(fence) && line === fence.charAt(0).repeat(line.length)) return at;
  }
  return lines.length;
}

function blockOf(line: string): Block {
  const [, hashes, heading] = HEADING.exec(line) ?? [];
  if (hashes !== undefined && heading !== undefined) return { kind: 'heading', level: hashes.length, text: heading };
  const [, indent, mark, item] = ITEM.exec(line) ?? [];
  if (indent !== undefined && mark !== undefined && item !== undefined)
    return { kind: 'item', depth: Math.floor(indent.length / 2), mark: /\d/.test(mark) ? mark : '•', text: item };
  const quote = QUOTE.exec(line)?.[1];
  return quote === undefined ? { kind: 'text', text: line } : { kind: 'quote', text: quote };
}

const END: Block = { kind: 'text', text: '' };

/** Lines that go on belong to what they go on; an empty one ends it. */
function add(blocks: Block[], block: Block): void {
  const last = blocks.at(-1);
  const goesOn =
    (block.kind === 'text' && (last?.kind === 'text' || last?.kind === 'item' || last?.kind === 'quote')) ||
    (block.kind === 'quote' && last?.kind === 'quote');
  if (last === undefined || !goesOn || last === END || block === END) blocks.push(block);
  else blocks[blocks.length - 1] = { ...last, text: `${last.text}\n${block.text.trim()}` };
}
