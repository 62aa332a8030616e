import type { TestRun, Try } from '../mutant-runner.ts';

/** What was tried on whole programs, told of the test files that have a part in it, so that a change of others leaves it as it is. */
export function byFile(result: Try, tests: readonly TestRun[]): readonly Try[] {
  const fileOf = new Map(tests.map(({ id, file }) => [id, file]));
  switch (result.status) {
    case 'killed':
    case 'timeout': {
      // What ran last was at work when it ended.
      const id = result.killedBy[0] ?? result.ran.at(-1);
      return [{ ...result, file: fileOf.get(id ?? '') ?? '' }];
    }
    case 'survived': {
      const groups = Map.groupBy(result.ran, (id) => fileOf.get(id) ?? '');
      if (groups.size === 0 || groups.has('')) return [result];
      const shared = result.durationMs / groups.size;
      return [...groups].map(([file, ran]) => ({ ...result, file, ran, durationMs: shared }));
    }
    default:
      return [result];
  }
}
