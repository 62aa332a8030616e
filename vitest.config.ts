import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** In-memory, seconds in all; and with real git, runners and processes. */
const KINDS = ['unit', 'integration'];

export default defineConfig({
  test: {
    projects: KINDS.map((name) => ({ extends: true as const, test: { name, include: [`test/${name}/**/*.test.ts`] } })),
    reporters: ['default', './test/closing-line.ts', './test/watchdog.ts'],
    // One core fewer than there are is the default: on two cores, half of the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
