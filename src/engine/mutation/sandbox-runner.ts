import type { MutantRunner } from './mutant-runner.ts';

/** Stand-in until the real one (part G) replaces this file. */
export function createSandboxRunner(): MutantRunner {
  return { name: 'a copy of the tree', run: async () => ({ kind: 'unfit', reason: 'not written yet' }) };
}
