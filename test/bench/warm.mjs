import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { boundaries } from '../../src/engine/guards/boundaries/index.ts';
import { survey } from '../../src/engine/survey.ts';
import { openEngine } from '../../src/harness/open-engine.ts';
import { makeRepository } from './make-repository.mjs';

/** Median milliseconds of the boundaries guard on one changed file of 10,000, everything else in memory. */
export async function measureWarm() {
  const root = makeRepository(10_000, {
    boundaries: [{ from: 'packages/p0/**', deny: 'packages/p9/**', reachable: true }],
  });
  appendFileSync(join(root, 'packages/p0/src/f50.ts'), "export { value as more } from './f7.ts';\n");
  const engine = await openEngine({ dir: root, base: undefined, configFile: undefined, warn: () => {} });
  const found = await survey(engine);
  const context = {
    ...engine,
    ...found,
    baseTree: await found.baseTree(),
    analyse: async () => undefined,
    everything: false,
  };
  const signal = new AbortController().signal;
  const times = [];
  for (let run = 0; run < 15; run++) {
    const started = performance.now();
    await boundaries.inspect(context, signal);
    times.push(performance.now() - started);
  }
  rmSync(root, { recursive: true, force: true });
  return times.sort((a, b) => a - b)[7];
}
