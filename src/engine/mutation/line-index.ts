import type { Position } from '../../protocol/finding.ts';

/** Lines and columns of a text, from 1, that are asked for often. */
export class LineIndex {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  lineAt(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(1, low);
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, column: offset - (this.#starts[line - 1] ?? 0) + 1 };
  }
}
