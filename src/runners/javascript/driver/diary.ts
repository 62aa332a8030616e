import { openSync, readSync } from 'node:fs';

/** One line of what the processes below a driver say of themselves. */
export type DiaryEntry =
  | { readonly born: string }
  | { readonly died: string }
  /** Told when it happens for the first time, as a process may be ended at any moment. */
  | { readonly reached: number }
  /** What makes it see something else than a mutant: `reads the source from the disk`. */
  | { readonly noted: string };

/** What processes ran since it was last asked. */
export interface FamilyNews {
  /** By place: in how many processes it was run. */
  readonly hits: Uint32Array;
  /** Why something may have been run that is no mutant and is not counted. */
  readonly notes: readonly string[];
  /** Some are still there and may run more. */
  readonly isOpen: boolean;
}

const CHUNK = 64 * 1024;

export class Diary {
  readonly path: string;
  private readonly places: number;
  private readonly living = new Set<string>();
  private readonly file: number;
  private offset = 0;
  private rest = '';
  private readonly buffer = Buffer.alloc(CHUNK);

  constructor(path: string, mutants: number) {
    this.path = path;
    this.places = mutants + 1;
    this.file = openSync(path, 'a+');
  }

  read(): FamilyNews {
    const hits = new Uint32Array(this.places);
    const notes: string[] = [];
    for (const entry of this.entries()) {
      if ('noted' in entry) notes.push(entry.noted);
      else if ('reached' in entry) hits[entry.reached] = (hits[entry.reached] ?? 0) + 1;
      else if ('born' in entry) this.living.add(entry.born);
      else this.living.delete(entry.died);
    }
    // Those that were ended from outside said nothing.
    for (const name of this.living) if (!isAlive(Number(name))) this.living.delete(name);
    return { hits, notes, isOpen: this.living.size > 0 };
  }

  private entries(): readonly DiaryEntry[] {
    const lines = `${this.rest}${this.tail()}`.split('\n');
    this.rest = lines.pop() ?? '';
    return lines.map((line) => JSON.parse(line) as DiaryEntry);
  }

  private tail(): string {
    let text = '';
    for (let length = CHUNK; length === CHUNK; ) {
      length = readSync(this.file, this.buffer, 0, CHUNK, this.offset);
      this.offset += length;
      text += this.buffer.toString('utf8', 0, length);
    }
    return text;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // There is none.
    return false;
  }
}
