import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { load } from '../../javascript/driver/users-package.ts';
import type { Shared } from './shared.ts';

interface JestTest {
  readonly path: string;
}

type RunTests = (this: unknown, tests: readonly JestTest[], ...rest: readonly unknown[]) => Promise<void>;

interface RunnerModule {
  readonly default: { readonly prototype: { runTests: RunTests } };
}

/**
 * Has Jest run test files again, once for each mutant that is not settled after the first time: Jest gives each run of a file
 * modules and globals of its own. `runner` is the absolute path of the user's `jest-runner`; where another is used, nothing is run again.
 */
export function runAgain(runner: string, shared: Shared): void {
  const { prototype } = load<RunnerModule>(runner, runner).default;
  const { runTests } = prototype;
  prototype.runTests = async function (tests, ...rest) {
    const run = (some: readonly JestTest[]): Promise<void> => runTests.call(this, some, ...rest);
    if (shared.request.mode === 'alone') await untilKilled(tests, run, shared);
    else {
      await run(tests);
      setFlagsFromString('--expose-gc');
      const collectGarbage: () => void = runInNewContext('gc');
      for (const number of openOf(shared)) {
        shared.inForce = number;
        // Each file leaves a world of its own behind, and Node takes its time.
        collectGarbage();
        const reaching = tests.filter(({ path }) => shared.reached.get(number)?.has(path));
        await untilKilled(reaching, run, shared);
      }
      shared.inForce = 0;
    }
  };
}

/** Of the first so many mutants that any file runs, those that no test has settled. */
function openOf({ request, reached, killed, isRed }: Shared): readonly number[] {
  if (isRed) return [];
  const wanted = request.tries.filter((number) => reached.has(number)).slice(0, request.enough);
  return wanted.filter((number) => !killed.has(number));
}

async function untilKilled(
  tests: readonly JestTest[],
  run: (tests: readonly JestTest[]) => Promise<void>,
  { killed, inForce }: Shared,
): Promise<void> {
  for (const test of tests) {
    await run([test]);
    if (killed.has(inForce)) return;
  }
}
