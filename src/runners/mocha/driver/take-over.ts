import { realpathSync } from 'node:fs';
import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { createPlaces } from '../../javascript/driver/places.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import { installSwitchboard, type Switchboard } from '../../javascript/driver/switchboard.ts';
import { concludeTry } from '../../javascript/driver/verdict.ts';
import { Court } from './court.ts';
import type { MochaClass, MochaInstance, Test } from './mocha-types.ts';
import { Rounds } from './rounds.ts';
import { namesOf, Survey } from './survey.ts';

const { exit } = process;
const now = performance.now.bind(performance);

/** Puts ourselves in the place of `Mocha#run`; the first instance that is told to run is the one. */
export function takeOver(mocha: MochaClass, request: DriverRequest, tell: Tell<DriverEvent>): void {
  const { prototype } = mocha;
  const { run, loadFilesAsync } = prototype;
  const board = installSwitchboard(globalThis, request.mutants);
  const [alone = 0] = request.mode === 'alone' ? request.tries : [];
  if (alone > 0) tell({ type: 'begin', number: alone, file: '' });
  board.start(alone);
  prototype.loadFilesAsync = function (...args) {
    this.files = wantedFiles(this, request);
    return loadFilesAsync.apply(this, [...args]);
  };
  prototype.run = function () {
    const rounds = new Rounds(this, board, request.limits, run);
    const work =
      alone > 0 ? runAlone(rounds, this, request, alone, tell) : runTogether(rounds, this, request, board, tell);
    void work.then(async () => {
      await rounds.tearDown();
      tell({ type: 'end' });
      exit.call(process, 0);
    });
    // Mocha's own command line does nothing with it.
    return undefined as never;
  };
}

/** Of the files that the command line and the configuration name, those that are asked for and what comes before all. */
function wantedFiles({ files, options }: MochaInstance, { testFiles }: DriverRequest): string[] {
  if (testFiles.length === 0) return files;
  const wanted = new Set([...testFiles, ...(options.file ?? [])].map(realOf));
  return files.filter((file) => wanted.has(realOf(file)));
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Mocha says so itself.
    return path;
  }
}

async function runTogether(
  rounds: Rounds,
  mocha: MochaInstance,
  request: DriverRequest,
  board: Switchboard,
  tell: Tell<DriverEvent>,
): Promise<void> {
  const places = createPlaces(request.sources);
  const loads = board.stop().hits;
  let names: ReadonlyMap<Test, string> = new Map();
  const started = now();
  const trace = await rounds.run({ number: 0, bail: false }, () => {
    names = namesOf(mocha, request.root);
  });
  const survey = new Survey(trace, loads, names, places);
  for (const event of survey.events(request, mocha.files)) tell(event);
  tell({ type: 'dry', ms: now() - started });
  if (!survey.isGreen) return;
  rounds.keepAlive();
  await new Court(rounds, survey, places, tell).hear(request);
}

async function runAlone(
  rounds: Rounds,
  mocha: MochaInstance,
  request: DriverRequest,
  number: number,
  tell: Tell<DriverEvent>,
): Promise<void> {
  let names: ReadonlyMap<Test, string> = new Map();
  const trace = await rounds.run({ number, bail: true }, () => {
    names = namesOf(mocha, request.root);
  });
  const survey = new Survey(trace, new Uint32Array(), names, createPlaces(request.sources));
  const tests = [...trace.ran].map((test) => ({ test: survey.idOf(test), attempt: survey.withSuites(test) }));
  const outside = trace.failed.some((unit) => 'suites' in unit) && tests.every(({ attempt }) => attempt.passed);
  const event = concludeTry(number, '', tests);
  tell(outside ? { ...event, status: 'killed' } : event);
}
