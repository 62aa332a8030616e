import type { Reaches } from './test-program.ts';

/** What the code in compiled schemata says of itself, a line each, in a file that is appended to. */
export interface PlaceLog {
  readonly reaches: Reaches;
  /** Places that ran more often than anything that ends. */
  readonly over: ReadonlySet<number>;
}

/**
 * `T name` and `E name`: a test begins and ends; what runs between belongs to it, and where several run at once to all of them.
 * `H 3`: place 3 ran for the first time since a test began. `H 3 name`: it ran in that test. `O 3`: it ran too often.
 */
export function readPlaceLog(text: string): PlaceLog {
  const byTest = new Map<string, Set<number>>();
  const [apart, over] = [new Set<number>(), new Set<number>()];
  const open = new Set<string>();
  const put = (name: string, place: number): void => {
    const own = byTest.get(name) ?? new Set();
    byTest.set(name, own.add(place));
  };
  for (const line of text.split('\n')) {
    const [, word, rest = ''] = /^([TEHO]) (.+)$/.exec(line) ?? [];
    if (word === 'T') open.add(rest);
    else if (word === 'E') open.delete(rest);
    else if (word === 'O') over.add(Number(rest));
    else if (word === 'H') {
      const [, place = '', name] = /^(\d+)(?: (.+))?$/.exec(rest) ?? [];
      if (name !== undefined) put(name, Number(place));
      else if (open.size === 0) apart.add(Number(place));
      else for (const test of open) put(test, Number(place));
    }
  }
  return { reaches: { byTest, apart }, over };
}
