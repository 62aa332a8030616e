import type { Statement } from '../engine/language.ts';

/** A canonical text and the statements it is made of. */
export interface Form {
  readonly text: string;
  readonly statements: readonly Statement[];
}

interface Record {
  readonly depth: number;
  readonly start: number;
  readonly parts: string[];
}

/** How a block is shown in the statement that holds it. */
const BLOCK = '{}';

/**
 * Collects tokens by statement. A statement nested in another is a line of its own, one deeper, so that the text
 * is the whole tree and yet a change inside a function leaves the line of the function as it was.
 */
export class FormWriter {
  readonly #records: Record[] = [];
  readonly #open: Record[] = [];
  readonly #names = new Set<string>();

  /** Names written as they stand in the source. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  write(...parts: readonly string[]): void {
    this.#open.at(-1)?.parts.push(...parts);
  }

  name(text: string): void {
    this.#names.add(text);
    this.write(text);
  }

  statement(start: number, body: () => void): void {
    const record: Record = { depth: this.#open.length, start, parts: [] };
    this.#records.push(record);
    this.#open.push(record);
    body();
    this.#open.pop();
  }

  block(start: number, body: () => void): void {
    this.write(BLOCK);
    this.statement(start, () => {
      this.write(BLOCK);
      body();
    });
  }

  /** @param prelude what stands before everything whatever its place: imports. */
  finish(prelude: readonly Statement[] = []): Form {
    const sorted = prelude.toSorted((a, b) => (a.form < b.form ? -1 : a.form > b.form ? 1 : 0));
    const own = this.#records.map(({ depth, start, parts }) => ({ depth, start, form: parts.join(' ') }));
    const lines = own.map(({ depth, form }) => `${depth} ${form}`);
    return {
      text: [...sorted.map(({ form }) => form), ...lines].join('\n'),
      statements: [...sorted, ...own.filter(({ form }) => form !== BLOCK).map(({ form, start }) => ({ form, start }))],
    };
  }
}
