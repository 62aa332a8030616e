import type { Reaches } from './test-program.ts';

/** What the code in compiled schemata says of itself, a line each, in a file that is appended to. */
export interface PlaceLog {
  readonly reaches: Reaches;
  /** Places that ran more often than anything that ends. */
  readonly over: ReadonlySet<number>;
}

/**
 * `T name` and `E name`: a test begins and ends; what runs between belongs to it, and where several run at once to all of them.
 * `P 3 4`: these places ran since the last line. `H 3 name`: place 3 ran in that test, or apart from tests where there is no
 * name. `O 3`: it ran too often.
 */
export function readPlaceLog(text: string): PlaceLog {
  const byTest = new Map<string, Set<number>>();
  const [apart, over] = [new Set<number>(), new Set<number>()];
  const open = new Set<string>();
  const attribute = (place: number, names: readonly string[]): void => {
    if (names.length === 0) apart.add(place);
    for (const name of names) byTest.set(name, (byTest.get(name) ?? new Set()).add(place));
  };
  for (const line of text.split('\n')) {
    const [, word, rest = ''] = /^([TEPHO]) (.+)$/.exec(line) ?? [];
    if (word === 'T') open.add(rest);
    else if (word === 'E') open.delete(rest);
    else if (word === 'O') over.add(Number(rest));
    else if (word === 'P') for (const place of rest.split(' ')) attribute(Number(place), [...open]);
    else if (word === 'H') {
      const [, place = '', name] = /^(\d+)(?: (.+))?$/.exec(rest) ?? [];
      attribute(Number(place), name === undefined ? [] : [name]);
    }
  }
  return { reaches: { byTest, apart }, over };
}
