import { relative } from 'node:path';
import type { Runnable, Suite, Test } from './mocha-types.ts';

export function testsOf(suite: Suite): readonly Test[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

export function suitesOf(suite: Suite): readonly Suite[] {
  return [suite, ...suite.suites.flatMap(suitesOf)];
}

/** The suite and those around it. */
export function lineOf(suite: Suite | undefined): readonly Suite[] {
  return suite === undefined ? [] : [suite, ...lineOf(suite.parent)];
}

export function hooksOf(suite: Suite): readonly Runnable[] {
  return [...suite._beforeAll, ...suite._beforeEach, ...suite._afterEach, ...suite._afterAll];
}

/** What a test is called wherever it runs: a repetition of a test is that test. */
export function originalOf(test: Test): Test {
  return test.retriedTest?.() ?? test;
}

/** Gives each test the same name in every run: its file and titles, and a number where they are not unique. */
export function nameTests(tests: readonly Test[], root: string): ReadonlyMap<Test, string> {
  const seen = new Map<string, number>();
  return new Map(
    tests.map((test) => {
      const name = [relative(root, test.file ?? '').replaceAll('\\', '/'), ...test.titlePath()].join(' > ');
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [test, count === 1 ? name : `${name} #${count}`];
    }),
  );
}

/** Leaves only these tests in the tree, and no suite without any; the function returned puts the others back. */
export function narrow(root: Suite, kept: ReadonlySet<Test>): () => void {
  const before = suitesOf(root).map((suite) => ({ suite, tests: suite.tests, suites: suite.suites }));
  const keep = (suite: Suite): boolean => {
    suite.tests = suite.tests.filter((test) => kept.has(test));
    suite.suites = suite.suites.filter(keep);
    return suite.tests.length > 0 || suite.suites.length > 0;
  };
  keep(root);
  return () => {
    for (const { suite, tests, suites } of before) Object.assign(suite, { tests, suites });
  };
}
