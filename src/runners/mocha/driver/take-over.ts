import { realpathSync } from 'node:fs';
import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { Court } from '../../javascript/driver/court.ts';
import type { Diary } from '../../javascript/driver/diary.ts';
import { type Family, foundFamily } from '../../javascript/driver/family.ts';
import { stateOf, surroundingsOf } from '../../javascript/driver/module-state.ts';
import { createPlaces } from '../../javascript/driver/places.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import type { Switchboard } from '../../javascript/driver/switchboard.ts';
import { type Attempt, concludeTry } from '../../javascript/driver/verdict.ts';
import type { MochaClass, MochaInstance, Test } from './mocha-types.ts';
import { Rounds } from './rounds.ts';
import { MochaStage } from './stage.ts';
import { namesOf, Survey } from './survey.ts';
import { LEFT_BEHIND } from './trace.ts';

const { exit } = process;
const now = performance.now.bind(performance);

/** What is at hand before the user's code is loaded. */
export interface Work {
  readonly request: DriverRequest;
  readonly tell: Tell<DriverEvent>;
  /** The mutant that is in force from the first line on, or 0. */
  readonly alone: number;
  readonly board: Switchboard;
  readonly diary: Diary;
  readonly family: Family;
  /** Why modules may have seen something else than mutants while they were loaded. */
  readonly loadNotes: string[];
  /** Once tests are run. */
  rounds?: Rounds;
}

/** Puts ourselves in the place of `Mocha#run`; the first instance that is told to run is the one. */
export function takeOver({ prototype }: MochaClass, work: Work): void {
  const { request, tell, alone, board, diary } = work;
  const { run, loadFilesAsync } = prototype;
  if (alone > 0) tell({ type: 'begin', number: alone, file: '' });
  board.start(alone);
  prototype.loadFilesAsync = function (...args) {
    foundFamily(work.family);
    this.files = wantedFiles(this, request);
    return loadFilesAsync.apply(this, [...args]);
  };
  prototype.run = function () {
    const rounds = new Rounds(this, { board, diary, limits: request.limits, start: run });
    work.rounds = rounds;
    void (alone > 0 ? runAlone(rounds, this, work) : runTogether(rounds, this, work)).then(async () => {
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
  { request, board, diary, loadNotes, tell }: Work,
): Promise<void> {
  const places = createPlaces(request.sources);
  const below = diary.read();
  loadNotes.push(...below.notes);
  const loads = board.stop().hits.map((count, place) => count + (below.hits[place] ?? 0));
  let names: ReadonlyMap<Test, string> = new Map();
  const started = now();
  const state = stateOf(globalThis);
  const surroundings = surroundingsOf(globalThis);
  const trace = await rounds.run({ number: 0, bail: false }, () => {
    names = namesOf(mocha, request.root);
  });
  const survey = new Survey(trace, loads, names, places);
  if (trace.ran.size + trace.skipped.size + trace.failed.length === 0) {
    tell({ type: 'unfit', reason: 'Mocha found no tests' });
    return;
  }
  for (const event of survey.events(request, mocha.files)) tell(event);
  tell({ type: 'dry', ms: now() - started });
  if (!survey.isGreen) return;
  rounds.keepAlive();
  const stage = new MochaStage(rounds, survey, { state, surroundings, notes: loadNotes });
  await new Court(stage, places, tell).hear(request);
}

async function runAlone(
  rounds: Rounds,
  mocha: MochaInstance,
  { request, alone: number, loadNotes, diary, tell }: Work,
): Promise<void> {
  let names: ReadonlyMap<Test, string> = new Map();
  const trace = await rounds.run({ number, bail: true }, () => {
    names = namesOf(mocha, request.root);
  });
  const survey = new Survey(trace, new Uint32Array(), names, createPlaces(request.sources));
  const tests = [...trace.ran].map((test) => ({
    file: test.file ?? '',
    test: survey.idOf(test),
    attempt: survey.withSuites(test),
  }));
  const outside = trace.failed.some((unit) => 'suites' in unit) && tests.every(({ attempt }) => attempt.passed);
  const event = concludeTry(number, '', tests);
  const notes = [...loadNotes, ...trace.notices.values(), ...diary.read().notes];
  const doubt = notes.find((note) => note !== LEFT_BEHIND);
  if (outside) tell({ ...event, status: 'killed' });
  // No try in a process can tell: a copy of the tree is needed.
  else if (event.status === 'survived' && doubt !== undefined) tell({ type: 'unfit', reason: doubt });
  else if (event.status === 'survived' && tests.length > 0)
    for (const file of new Set(tests.map((one) => one.file)))
      tell(
        concludeTry(
          number,
          file,
          tests.filter((one) => one.file === file),
        ),
      );
  else tell({ ...event, file: fileOfFailure(tests) });
}

/** All of them where the failure is of none alone. */
function fileOfFailure(tests: readonly { readonly file: string; readonly attempt: Attempt }[]): string {
  return tests.find(({ attempt }) => !attempt.passed || attempt.cutOff)?.file ?? '';
}
