import { openSync, readSync } from 'node:fs';

/** One line of what the processes below a driver say of themselves. */
export type DiaryEntry =
  | { readonly born: string }
  | { readonly died: string; readonly hits: readonly (readonly [place: number, count: number])[] }
  /** What makes it see something else than a mutant: `reads the source from the disk`. */
  | { readonly noted: string };

/** What processes ran since it was last asked. */
export interface FamilyNews {
  /** By place. */
  readonly hits: Uint32Array;
  /** Why something may have been run that is not counted. */
  readonly notes: readonly string[];
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
      else if ('born' in entry) this.living.add(entry.born);
      else {
        this.living.delete(entry.died);
        for (const [place, count] of entry.hits) hits[place] = (hits[place] ?? 0) + count;
      }
    }
    return { hits, notes: [...notes, ...this.silent()] };
  }

  /** Those that are still there, or went without a word. */
  private silent(): readonly string[] {
    const notes: string[] = [];
    for (const name of this.living) {
      const isThere = !name.includes('-') && isAlive(Number(name));
      notes.push(isThere ? 'it leaves a process behind' : 'it takes down a process that it started');
      if (!isThere) this.living.delete(name);
    }
    return notes;
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
