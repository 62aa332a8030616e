import { availableParallelism } from 'node:os';
import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { createPlaces, type Places } from '../../javascript/driver/places.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import { timeLimit } from '../../javascript/driver/switchboard.ts';
import { tryFresh } from './alone.ts';
import { filesOf, nameOf } from './files.ts';
import { type FreshRun, runFresh } from './fresh.ts';
import { inParallel } from './parallel.ts';

/** A test file after its first run. */
interface Surveyed {
  readonly file: string;
  readonly run: FreshRun;
  /** Numbers of the mutants whose place it ran. */
  readonly reaches: readonly number[];
}

/** The first run of each test file, then a process for each mutant and test file that reaches it, until one fails. */
export async function runTogether(request: DriverRequest, path: string, tell: Tell<DriverEvent>): Promise<void> {
  const cores = availableParallelism();
  const places = createPlaces(request.sources);
  const started = performance.now();
  const surveyed = await inParallel(filesOf(request), cores, (file) => survey(request, path, file, places));
  for (const one of surveyed) for (const event of eventsOf(request, one)) tell(event);
  tell({ type: 'dry', ms: performance.now() - started });
  if (surveyed.some(({ run }) => run.end !== 'passed')) return;
  await inParallel(request.tries, cores, async (number) => {
    for (const { file, run } of surveyed.filter(({ reaches }) => reaches.includes(number))) {
      const limitMs = timeLimit(request.limits, run.ms);
      const event = await tryFresh(request, path, { file, name: nameOf(request, file), number, limitMs });
      tell(event);
      if (event.status !== 'survived') return;
    }
  });
}

async function survey(request: DriverRequest, path: string, file: string, places: Places): Promise<Surveyed> {
  const run = await runFresh(request, path, { file, name: nameOf(request, file), number: 0, bail: false });
  const all = Array.from({ length: request.mutants }, (_, index) => index + 1);
  return { file, run, reaches: run.family.notes.length > 0 ? all : places.reached(run.family.hits) };
}

/** Which of its tests ran a place is not known: all may have. */
function eventsOf(request: DriverRequest, { file, run, reaches }: Surveyed): readonly DriverEvent[] {
  const name = nameOf(request, file);
  const tests = run.units.map(
    ({ path, id, status, ms, message }) =>
      ({
        type: 'test',
        id,
        file,
        name: path.join(' '),
        status,
        ms,
        reaches: status === 'skip' ? [] : reaches,
        ...(message === undefined ? {} : { message }),
      }) as const,
  );
  const isTold = tests.some(({ status }) => status === (run.end === 'passed' ? 'pass' : 'fail'));
  if (isTold) return tests;
  const status = run.end === 'passed' ? 'pass' : 'fail';
  const whole = { type: 'test', id: name, file, name, status, ms: run.ms, reaches } as const;
  return [...tests, status === 'pass' ? whole : { ...whole, message: run.output }];
}
