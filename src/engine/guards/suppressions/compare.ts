import type { Suppression, Suppressions } from './extract.ts';
import { coverage, likeness } from './likeness.ts';

/** The suppressions of one changed file on both sides; `path` is the one it has now. */
export interface ComparedFile {
  readonly path: string;
  readonly base: Suppressions | undefined;
  readonly head: Suppressions | undefined;
}

export interface NewSuppression {
  readonly file: ComparedFile;
  readonly suppression: Suppression;
  /** What stood there before, where it silenced less. */
  readonly widens?: Suppression;
}

interface Entry {
  readonly file: ComparedFile;
  readonly suppression: Suppression;
}

/**
 * What the head silences and the base did not. All files are matched together, the surest pairs first: what stayed,
 * what moved, what stands on a line that was edited, what was written for another tool of the same kind.
 */
export function compareSuppressions(files: readonly ComparedFile[]): readonly NewSuppression[] {
  const base = files.flatMap((file) => entries(file, file.base));
  let head = files.flatMap((file) => entries(file, file.head));
  const gone = new Set(base);
  for (const [key, accepts] of PASSES) {
    if (head.length === 0) return [];
    head = pair(head, gone, key, accepts);
  }
  const known = groupBy(base, ({ file, suppression }) => `${file.path}\0${suppression.tool}`);
  return head.flatMap((entry): readonly NewSuppression[] => {
    const near = known.get(`${entry.file.path}\0${entry.suppression.tool}`) ?? [];
    if (near.some((other) => isCovered(entry, other))) return [];
    const widens = near.find((other) => isWidened(entry, other))?.suppression;
    return [widens === undefined ? entry : { ...entry, widens }];
  });
}

function entries(file: ComparedFile, side: Suppressions | undefined): readonly Entry[] {
  return (side?.found ?? []).map((suppression) => ({ file, suppression }));
}

type Key = (entry: Entry) => string;
type Accepts = (head: Entry, base: Entry) => number;

const rule = ({ suppression: { tool, code, span } }: Entry): string => `${tool}\0${code}\0${span}`;

const PASSES: readonly (readonly [Key, Accepts])[] = [
  // Stayed.
  [(entry) => `${rule(entry)}\0${entry.file.path}\0${entry.suppression.symbol}\0${entry.suppression.line}`, () => 1],
  // Moved, within its file or to another.
  [(entry) => `${rule(entry)}\0${entry.suppression.line}`, (head, base) => (isSwap(head, base) ? 0 : 1)],
  // The line was edited, and with it perhaps the name of what it stands in.
  [rule, edited],
  // Written for another tool.
  [
    ({ file, suppression }) => `${file.path}\0${suppression.span}\0${suppression.line}`,
    (head, base) => (coverage.isTranslated(base.suppression, head.suppression) ? 1 : 0),
  ],
];

/** Takes away from `head` what finds its like in `gone`, each of which serves once; the best like first. */
function pair(head: readonly Entry[], gone: Set<Entry>, key: Key, accepts: Accepts): Entry[] {
  const groups = groupBy([...gone], key);
  return head.filter((entry) => {
    let best: Entry | undefined;
    let score = 0;
    for (const candidate of groups.get(key(entry)) ?? []) {
      if (!gone.has(candidate)) continue;
      const own = accepts(entry, candidate);
      if (own > score) [best, score] = [candidate, own];
    }
    if (best === undefined) return true;
    gone.delete(best);
    return false;
  });
}

/**
 * The same line of code stands in two places: with a move, one place has it once less and the other once more; with a
 * swap the code stays and only the suppression goes over.
 */
function isSwap(head: Entry, base: Entry): boolean {
  const { line, span } = head.suppression;
  if (span === 'file') return head.file !== base.file && base.file.head !== undefined;
  const count = (file: ComparedFile, side: 'base' | 'head', symbol: string): number =>
    file[side]?.count(line, symbol) ?? 0;
  const from = base.suppression.symbol;
  const to = head.suppression.symbol;
  const left = count(base.file, 'head', from) < count(base.file, 'base', from);
  const arrived = count(head.file, 'head', to) > count(head.file, 'base', to);
  return !left && !arrived;
}

/** How alike two lines are of which one is gone and the other new; zero where they are no edit of one another. */
function edited(head: Entry, base: Entry): number {
  const now = head.suppression;
  const before = base.suppression;
  if (now.span === 'file') return 0;
  if ((base.file.head?.count(before.line) ?? 0) >= (base.file.base?.count(before.line) ?? 0)) return 0;
  if ((head.file.base?.count(now.line) ?? 0) >= (head.file.head?.count(now.line) ?? 0)) return 0;
  const alike = likeness(now.line, before.line);
  const sameFile = head.file === base.file;
  const needed = !sameFile ? 0.8 : now.symbol === before.symbol ? 0.3 : 0.5;
  return alike >= needed ? alike : 0;
}

/** The base silenced at least as much in the same place. */
function isCovered({ suppression: now }: Entry, { suppression: before }: Entry): boolean {
  if (!coverage.covers(before, now)) return false;
  if (before.span === 'file') return true;
  if (now.span === 'file') return false;
  if (before.span === 'block' && before.symbol === now.symbol && now.span === 'line') return true;
  return before.code !== now.code && before.span === now.span && likeness(before.line, now.line) > 0.8;
}

/** The base silenced less there: fewer rules on the line, or a line where it is now more. */
function isWidened({ suppression: now }: Entry, { suppression: before }: Entry): boolean {
  if (now.span !== 'line') return before.span === 'line' && coverage.covers(now, before);
  return before.span === 'line' && before.code !== now.code && likeness(before.line, now.line) > 0.8;
}

function groupBy(list: readonly Entry[], key: Key): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of list) {
    const name = key(entry);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return groups;
}
