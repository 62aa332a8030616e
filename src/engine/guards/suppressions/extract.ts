import type { Range } from '../../../protocol/finding.ts';
import type { Analysis } from '../../language.ts';
import { rangeOf } from '../place.ts';
import { type CommentPart, partsOf } from './comment-parts.ts';
import { CodeLines } from './lines.ts';
import { type Comment, scanComments } from './scan-comments.ts';
import { codesOf, type Directive, type Target } from './vocabulary.ts';

/** One rule of one tool silenced in one place. */
export interface Suppression {
  readonly tool: string;
  /** `*` for all rules of the tool. */
  readonly code: string;
  /** How it is written, for a person: `eslint-disable-next-line`. */
  readonly directive: string;
  readonly symbol: string;
  /** The line of code that it is about, without white space and comments; empty for a whole file. */
  readonly line: string;
  readonly span: 'line' | 'block' | 'file';
  readonly range: Range;
}

export interface Suppressions {
  readonly found: readonly Suppression[];
  /** How often a line of code stands in a symbol, or anywhere in the file. */
  count(line: string, symbol?: string): number;
}

/** All suppressions of one file; none for one whose comments cannot be told. */
export function extractSuppressions(
  path: string,
  text: string,
  analysis: Analysis | undefined,
  vocabulary: readonly Directive[],
): Suppressions {
  const comments = commentsOf(path, text, analysis);
  const markers = analysis?.markers ?? [];
  const lines = new CodeLines(text, [...comments, ...markers]);
  const at = new Placing(text, lines, analysis);
  const parts = comments.map((comment) => partsOf(comment));
  const spoken = parts.flatMap((ofComment, index) => {
    const comment = comments[index];
    return comment === undefined ? [] : fromComment(comment, ofComment, parts.slice(index + 1), vocabulary, at);
  });
  const found = [...spoken, ...markers.map((marker) => fromMarker(marker, text, at))];
  return { found, count: (line, symbol) => at.count(line, symbol) };
}

/** Of a file that does not parse, also what plain scanning finds. */
function commentsOf(path: string, text: string, analysis: Analysis | undefined): readonly Comment[] {
  if (analysis === undefined) return scanComments(path, text) ?? [];
  if (analysis.unanalysed === undefined) return analysis.comments;
  const known = new Set(analysis.comments.map(({ start }) => start));
  const within = (offset: number): boolean =>
    analysis.comments.some(({ start, end }) => start < offset && offset < end);
  const scanned = (scanComments(path, text) ?? []).filter(({ start }) => !known.has(start) && !within(start));
  return [...analysis.comments, ...scanned].sort((a, b) => a.start - b.start);
}

function fromComment(
  comment: Comment,
  parts: readonly CommentPart[],
  later: readonly (readonly CommentPart[])[],
  vocabulary: readonly Directive[],
  at: Placing,
): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const part of parts) {
    for (const directive of vocabulary) {
      if (directive.within !== undefined && directive.within !== part.kind) continue;
      if (part.kind === 'later line' && directive.anyLine !== true) continue;
      const match = directive.pattern.exec(part.text);
      if (match === null) continue;
      const target = directive.target === 'block' && !ends(directive, later) ? at.open(comment) : directive.target;
      const name = (match[1] ?? match[0]).trim().split('\n')[0] ?? '';
      const start = part.start + match[0].indexOf(name);
      for (const code of codesOf(directive, match)) {
        const place = at.place(comment, target, start, part.start + match[0].trimEnd().length);
        found.push({ tool: directive.tool, code, directive: name.replace(/[=:(\s]+$/, ''), ...place });
      }
      break;
    }
  }
  return found;
}

function ends({ until }: Directive, later: readonly (readonly CommentPart[])[]): boolean {
  return until !== undefined && later.some((parts) => parts.some((part) => until.test(part.text)));
}

function fromMarker(marker: Analysis['markers'][number], text: string, at: Placing): Suppression {
  const source = text.slice(marker.start, marker.end);
  const target = source.startsWith('#![') ? 'file' : 'auto';
  const directive = marker.tool === 'typescript' ? marker.code : (/[\w@]+/.exec(source)?.[0] ?? source);
  return { tool: marker.tool, code: marker.code, directive, ...at.place(marker, target, marker.start, marker.end) };
}

/** Tells what line, symbol and range a suppression has. */
class Placing {
  readonly #text: string;
  readonly #lines: CodeLines;
  readonly #analysis: Analysis | undefined;

  constructor(text: string, lines: CodeLines, analysis: Analysis | undefined) {
    this.#text = text;
    this.#lines = lines;
    this.#analysis = analysis;
  }

  /** What is never taken back holds for the file, where nothing comes before it, else for the rest of a block. */
  open({ start }: { readonly start: number }): Target {
    const line = this.#lines.indexOf(start);
    return this.#lines.all.slice(0, line + 1).every((code) => code === '') ? 'file' : 'block';
  }

  place(
    comment: { readonly start: number; readonly end: number },
    target: Target,
    start: number,
    end: number,
  ): Pick<Suppression, 'line' | 'symbol' | 'span' | 'range'> {
    const range = rangeOf(this.#text, start, end);
    const own = this.#lines.indexOf(comment.start);
    const alone = this.#lines.code(own) === '';
    if (target === 'file') {
      const inner = this.#analysis?.symbolAt(comment.start) ?? '';
      return { line: '', symbol: inner, span: inner === '' ? 'file' : 'block', range };
    }
    const here = target === 'same' || (target === 'auto' && !alone);
    // A word alone on its line can only mean what follows.
    const line = here && !alone ? own : this.#lines.next(this.#lines.indexOf(comment.end - 1) + 1);
    return {
      line: this.#lines.code(line),
      symbol: this.#symbolOf(line),
      span: target === 'block' ? 'block' : 'line',
      range,
    };
  }

  count(line: string, symbol: string | undefined): number {
    let count = 0;
    this.#lines.all.forEach((code, index) => {
      if (code === line && (symbol === undefined || this.#symbolOf(index) === symbol)) count++;
    });
    return count;
  }

  #symbolOf(line: number): string {
    const begin = this.#lines.startOf(line);
    const indent = /^[ \t]*/.exec(this.#text.slice(begin, begin + 500))?.[0].length ?? 0;
    return this.#analysis?.symbolAt(begin + indent) ?? '';
  }
}
