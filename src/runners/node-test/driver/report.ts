import { readFileSync } from 'node:fs';

/** What the reporter writes of each test and suite, one JSON a line. */
export interface Reported {
  /** Names from the outermost suite to itself. */
  readonly path: readonly string[];
  readonly isSuite: boolean;
  readonly status: 'pass' | 'fail' | 'skip';
  readonly ms: number;
  readonly message?: string;
}

/** Where the reporter writes, and whether the first failure is the end. */
export interface ReportJob {
  readonly report: string;
  readonly bail: boolean;
}

export const REPORT_VARIABLE = 'DOWNFORCE_NODE_TEST_REPORT';

/** A test that is in no other test; what is tested inside it is part of it. */
export interface Unit extends Omit<Reported, 'isSuite'> {
  readonly id: string;
}

export function readReport(path: string, file: string): readonly Unit[] {
  return unitsOf(linesOf(path), file);
}

function linesOf(path: string): readonly Reported[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Reported);
  } catch {
    // No test was reported.
    return [];
  }
}

/** Names units as `createNamer` does. A suite that fails by itself (its hooks) is one, too. */
export function unitsOf(reported: readonly Reported[], file: string): readonly Unit[] {
  const name = createNamer(file);
  const tests = new Set(reported.filter(({ isSuite }) => !isSuite).map(({ path }) => keyOf(path)));
  const isInside = ({ path }: Reported): boolean => path.some((_, index) => tests.has(keyOf(path.slice(0, index))));
  const units = reported.filter((one) => !one.isSuite && !isInside(one));
  const failed = reported.filter((one) => one.isSuite && one.status === 'fail');
  const alone = units.some(({ status }) => status === 'fail') ? [] : failed.slice(0, 1);
  return [...units, ...alone].map(({ isSuite, ...unit }) => ({ ...unit, id: name(unit.path) }));
}

/** Gives ids: file and names, and a number where they are not unique. */
export function createNamer(file: string): (path: readonly string[]) => string {
  const seen = new Map<string, number>();
  return (path) => {
    const name = [file, ...path].join(' > ');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  };
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
