import type { LanguageId } from '../language.ts';
import type { Digest } from '../ports.ts';
import { LineIndex } from './line-index.ts';
import type { Edit, Mutable, MutableFile, Span } from './mutable.ts';
import type { Mutant } from './mutant.ts';
import type { Operator } from './operator.ts';
import { withoutRepeats } from './repeats.ts';

export interface Generation {
  readonly path: string;
  readonly language: LanguageId;
  readonly text: string;
  /** What may be mutated, arid places left out. */
  readonly file: MutableFile;
  /** From 1. */
  readonly lines: ReadonlySet<number>;
  readonly operators: readonly Operator[];
  readonly digest: Digest;
}

interface Candidate {
  readonly operator: string;
  readonly mutable: Mutable;
  readonly edit: Edit;
}

/** Mutants that changed lines call for, in the order of the text, each program once. */
export function generateMutants(generation: Generation): readonly Mutant[] {
  const { text, lines, digest } = generation;
  const index = new LineIndex(text);
  const occurrences = new Map<string, number>();
  const mutants: Mutant[] = [];
  for (const candidate of candidatesOf(generation)) {
    // Those on other lines count too: an id must not depend on what else has changed.
    const identity = identityOf(candidate, generation.path, text);
    const occurrence = occurrences.get(identity) ?? 0;
    occurrences.set(identity, occurrence + 1);
    if (!isCalledFor(candidate, lines, index, text)) continue;
    const id = `m-${digest(`${identity}\n${occurrence}`).slice(0, 10)}`;
    mutants.push(mutantOf(candidate, id, generation, index));
  }
  return mutants.sort((a, b) => a.edit.start - b.edit.start);
}

function candidatesOf({ text, file, operators }: Generation): readonly Candidate[] {
  const seen = new Set<string>();
  const found: Candidate[] = [];
  for (const mutable of withoutRepeats(file.mutables, text)) {
    for (const { name, mutate } of operators) {
      for (const edit of mutate(mutable, text, file.spelling)) {
        const key = programOf(edit, text);
        if (key === undefined || seen.has(key)) continue;
        seen.add(key);
        found.push({ operator: name, mutable, edit });
      }
    }
  }
  return found;
}

/** The same for edits that make the same program; undefined where nothing changes. */
function programOf({ start, end, text: replacement }: Edit, text: string): string | undefined {
  const original = text.slice(start, end);
  if (original === replacement) return undefined;
  const most = Math.min(original.length, replacement.length);
  let head = 0;
  while (head < most && original[head] === replacement[head]) head++;
  let tail = 0;
  while (tail < most - head && original.at(-1 - tail) === replacement.at(-1 - tail)) tail++;
  let [from, to] = [start + head, end - tail];
  const inserted = replacement.slice(head, replacement.length - tail);
  // Either of two equal signs can be the one that is taken out.
  while (inserted === '' && from > 0 && text[from - 1] === text[to - 1]) [from, to] = [from - 1, to - 1];
  return `${from}:${to}:${inserted}`;
}

/** Of something long the first line stands for the whole, so that it keeps its id while its inside is worked on. */
const LONG = 400;

function identityOf({ operator, mutable, edit }: Candidate, path: string, text: string): string {
  const { exchange, symbol } = mutable;
  const before = { start: exchange.start, end: Math.min(edit.start, exchange.start + LONG) };
  const parts = [
    brief(edit, text),
    brief({ start: 0, end: edit.text.length }, edit.text),
    brief(exchange, text),
    brief(before, text),
  ];
  return [path, symbol, operator, ...parts].join('\0');
}

function brief({ start, end }: Span, text: string): string {
  const part =
    end - start > LONG
      ? (text
          .slice(start, start + LONG)
          .trimStart()
          .split('\n')[0] ?? '')
      : text.slice(start, end);
  return part.replace(/\s+/g, ' ').trim();
}

/** Longer nodes are called for by the lines on which they say what they are, shorter ones by any. */
const SHORT_LINES = 4;

function isCalledFor(
  { mutable, edit }: Candidate,
  lines: ReadonlySet<number>,
  index: LineIndex,
  text: string,
): boolean {
  const [first, last] = [index.lineAt(mutable.start), index.lineAt(Math.max(mutable.start, mutable.end - 1))];
  if (mutable.kind === 'condition' || last - first < SHORT_LINES) {
    for (let line = first; line <= last; line++) if (lines.has(line)) return true;
  }
  return tellingPlaces(mutable, edit, text).some((place) => lines.has(index.lineAt(place)));
}

function tellingPlaces(mutable: Mutable, edit: Edit, text: string): readonly number[] {
  switch (mutable.kind) {
    case 'block':
      return [headOf(mutable.start, text)];
    case 'call':
      return [mutable.start, mutable.name.start, edit.start];
    case 'binary':
    case 'logical':
    case 'assignment':
      return [mutable.start, mutable.operator.start, edit.start];
    default:
      return [mutable.start, edit.start];
  }
}

/** Where the line is that opens a block: the brace or colon before it. */
function headOf(start: number, text: string): number {
  let at = start - 1;
  while (at > 0 && /\s/.test(text.charAt(at))) at--;
  return Math.max(0, at);
}

function mutantOf(
  { operator, mutable, edit }: Candidate,
  id: string,
  { path, language, text }: Generation,
  index: LineIndex,
): Mutant {
  const { symbol, exchange, atLoad } = mutable;
  return {
    id,
    path,
    language,
    operator,
    symbol,
    edit,
    original: text.slice(edit.start, edit.end),
    range: { start: index.positionAt(edit.start), end: index.positionAt(edit.end) },
    exchange,
    atLoad,
  };
}
