import { join } from 'node:path';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { openVitest, type Specification, specificationsOf, type Vitest } from './open-vitest.ts';
import { Rounds } from './rounds.ts';
import { Session } from './session.ts';

await main(process.argv[2] ?? '');

async function main(path: string): Promise<void> {
  const request = readRequest(path);
  const tell = openEvents(request.events);
  const round = join(request.scratch, 'round.json');
  let vitest: Vitest;
  try {
    vitest = await openVitest(request, round);
  } catch (error) {
    tell({ type: 'unfit', reason: `Vitest does not start: ${error instanceof Error ? error.message : String(error)}` });
    return end(undefined);
  }
  const specifications = await specificationsOf(vitest, request);
  const reason = unfitness(specifications);
  if (reason === undefined)
    await new Session(
      request,
      tell,
      specifications,
      (ledger) => new Rounds(vitest, request, path, ledger, round),
    ).run();
  else tell({ type: 'unfit', reason });
  await end(vitest);
}

function unfitness(specifications: readonly Specification[]): string | undefined {
  if (specifications.length === 0) return 'Vitest finds none of the test files';
  const browser = specifications.some(
    ({ project, pool }) => pool === 'browser' || project.isBrowserEnabled?.() === true,
  );
  return browser ? 'its tests run in a browser' : undefined;
}

/** Gives what the user set up for all tests a moment to be taken down. */
async function end(vitest: Vitest | undefined): Promise<void> {
  const projects = vitest?.projects ?? [];
  if (vitest !== undefined && projects.some(({ config }) => (config.globalSetup?.length ?? 0) > 0)) {
    const moment = new Promise((resolve) => setTimeout(resolve, 5000));
    await Promise.race([vitest.close(), moment]).catch(() => {});
  }
  process.exit(0);
}
