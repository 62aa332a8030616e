/** A span of text that says nothing of the line it stands on: a comment or a marker. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The lines of a text as code alone: comments, markers and white space taken out. */
export class CodeLines {
  readonly #starts: readonly number[];
  readonly #code: readonly string[];

  constructor(text: string, silent: readonly Span[]) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    const bare = blank(text, silent);
    this.#code = starts.map((start, index) => bare.slice(start, starts[index + 1] ?? bare.length).replace(/\s+/g, ''));
  }

  /** All code of the file, a line each. */
  get all(): readonly string[] {
    return this.#code;
  }

  indexOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  code(index: number): string {
    return this.#code[index] ?? '';
  }

  /** The first line with code from an index on; the index itself where there is none. */
  next(index: number): number {
    const found = this.#code.findIndex((code, at) => at >= index && code !== '');
    return found >= 0 ? found : index;
  }

  startOf(index: number): number {
    return this.#starts[index] ?? 0;
  }
}

function blank(text: string, silent: readonly Span[]): string {
  let bare = '';
  let last = 0;
  for (const { start, end } of silent.toSorted((a, b) => a.start - b.start)) {
    if (start < last) continue;
    bare += text.slice(last, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    last = end;
  }
  return bare + text.slice(last);
}
