import { availableParallelism } from 'node:os';
import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { createPlaces, type Places } from '../../javascript/driver/places.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import { stillWanted } from '../../javascript/driver/still-wanted.ts';
import { timeLimit } from '../../javascript/driver/switchboard.ts';
import { tryFresh } from './alone.ts';
import { filesOf, nameOf } from './files.ts';
import { type FreshRun, runFresh } from './fresh.ts';
import { runInOneProcess } from './one-process.ts';
import { inParallel } from './parallel.ts';

/** A test file after its first run. */
interface Surveyed {
  readonly file: string;
  readonly ms: number;
  readonly isGreen: boolean;
  readonly tests: readonly DriverEvent[];
  /** Numbers of the mutants whose place it ran. */
  readonly reaches: readonly number[];
  /** Numbers of those that need no other try with this file. */
  readonly settled: ReadonlySet<number>;
  readonly killed: readonly number[];
}

/**
 * Each test file in a process of its own: once as it is, then with mutants, as far as that can be trusted. What is left open
 * takes a process for each mutant and file, until one fails.
 */
export async function runTogether(request: DriverRequest, path: string, tell: Tell<DriverEvent>): Promise<void> {
  const cores = availableParallelism();
  const places = createPlaces(request.sources);
  const started = performance.now();
  const killed = new Set<number>();
  const met = new Set<number>();
  const surveyed = await inParallel(filesOf(request), cores, async (file) => {
    const tries = stillWanted(request, met).filter((number) => !killed.has(number));
    const one = await survey(request, path, file, places, tries);
    for (const number of one.reaches) met.add(number);
    for (const number of one.killed) killed.add(number);
    for (const event of one.tests) tell(event);
    return one;
  });
  tell({ type: 'dry', ms: surveyed.reduce((sum, { ms }) => sum + ms, 0) || performance.now() - started });
  if (surveyed.some(({ isGreen }) => !isGreen)) return;
  const reached = request.tries.filter((number) => surveyed.some(({ reaches }) => reaches.includes(number)));
  const open = reached.slice(0, request.enough).filter((number) => !killed.has(number));
  await inParallel(open, cores, async (number) => {
    const asked = surveyed.filter(({ reaches, settled }) => reaches.includes(number) && !settled.has(number));
    for (const { file, ms } of asked) {
      const limitMs = timeLimit(request.limits, ms);
      const event = await tryFresh(request, path, { file, name: nameOf(request, file), number, limitMs });
      tell(event);
      if (event.status !== 'survived') return;
    }
  });
}

async function survey(
  request: DriverRequest,
  path: string,
  file: string,
  places: Places,
  tries: readonly number[],
): Promise<Surveyed> {
  const { dryMs, events } = await runInOneProcess(request, path, file, tries);
  if (dryMs === undefined) return surveyFresh(request, path, file, places);
  const sure = events.filter((event) => event.type === 'try').filter(({ unsure }) => unsure === undefined);
  const known = events.filter((event) => event.type === 'test' || event.type === 'load');
  return {
    file,
    ms: dryMs,
    isGreen: true,
    tests: [...known, ...sure],
    reaches: [...new Set(known.flatMap(({ reaches }) => reaches))],
    settled: new Set(sure.map(({ number }) => number)),
    killed: sure.filter(({ status }) => status !== 'survived').map(({ number }) => number),
  };
}

async function surveyFresh(request: DriverRequest, path: string, file: string, places: Places): Promise<Surveyed> {
  const run = await runFresh(request, path, { file, name: nameOf(request, file), number: 0, bail: false });
  const all = Array.from({ length: request.mutants }, (_, index) => index + 1);
  const reaches = run.family.isOpen || run.family.notes.length > 0 ? all : places.reached(run.family.hits);
  const tests = eventsOf(request, { file, run, reaches });
  return { file, ms: run.ms, isGreen: run.end === 'passed', tests, reaches, settled: new Set(), killed: [] };
}

/** Which of its tests ran a place is not known: all may have. */
function eventsOf(
  request: DriverRequest,
  { file, run, reaches }: { readonly file: string; readonly run: FreshRun; readonly reaches: readonly number[] },
): readonly DriverEvent[] {
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
