import { join } from 'node:path';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { openTestBed, type TestBed } from './open-vitest.ts';
import { prepareProcess } from './prepare-process.ts';
import { Rounds } from './rounds.ts';
import { Session } from './session.ts';

const path = process.argv[2] ?? '';
const request = readRequest(path);
const tell = openEvents(request.events);
let bed: TestBed | undefined;
try {
  await main();
} catch (error) {
  tell({ type: 'unfit', reason: `Vitest cannot be driven: ${error instanceof Error ? error.message : String(error)}` });
}
await end(bed);

async function main(): Promise<void> {
  const round = join(request.scratch, 'round.json');
  const files = { request: path, round, reopen: () => openTestBed(request, round) };
  prepareProcess(request);
  const first = await files.reopen();
  bed = first;
  const reason = unfitness(first);
  if (reason !== undefined) return tell({ type: 'unfit', reason });
  const keys = [...first.specifications.keys()];
  await new Session(request, tell, keys, (ledger) => new Rounds(first, request, ledger, files)).run();
}

function unfitness({ specifications }: TestBed): string | undefined {
  if (specifications.size === 0) return 'Vitest finds none of the test files';
  const browser = [...specifications.values()].some(
    ({ project, pool }) => pool === 'browser' || project.isBrowserEnabled?.() === true,
  );
  return browser ? 'its tests run in a browser' : undefined;
}

/** Gives what the user set up for all tests a moment to be taken down. */
async function end(bed: TestBed | undefined): Promise<void> {
  const projects = bed?.vitest.projects ?? [];
  if (bed !== undefined && projects.some(({ config }) => (config.globalSetup?.length ?? 0) > 0)) {
    const moment = new Promise((resolve) => setTimeout(resolve, 5000));
    await Promise.race([bed.vitest.close(), moment]).catch(() => {});
  }
  process.exit(0);
}
