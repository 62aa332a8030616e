import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlaces } from '../../javascript/driver/places.ts';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { installSwitchboard } from '../../javascript/driver/switchboard.ts';
import { AloneTrial } from './alone-trial.ts';
import type { Desk } from './desk.ts';
import { type AloneJob, keyOf, type Message, type Round } from './messages.ts';
import { serveNatively } from './native-loads.ts';
import { watchOutside } from './outside.ts';
import { schemataOf } from './schemata-of.ts';
import type { TestFile } from './shapes.ts';
import { TogetherTrial } from './together-trial.ts';
import type { Trial } from './trial.ts';

/** This process, as far as it runs tests. */
export interface Worker {
  trial: Trial | undefined;
  files: TestFile[];
  open(project: string, path: string): void;
  /** With what makes Vitest load and run the file again. */
  close(file: TestFile, again: (() => void) | undefined): void;
}

/** To be called before anything of the user's is loaded. `roundFile` says what there is to do. */
export function openWorker(roundFile: string): Worker {
  const round = JSON.parse(readFileSync(roundFile, 'utf8')) as Round;
  const request = readRequest(round.request);
  const board = installSwitchboard(globalThis, request.mutants);
  const places = createPlaces(request.sources);
  const write = openEvents<Message>(round.journal);
  let next: Trial | undefined;
  const worker: Worker = {
    trial: undefined,
    files: [],
    open(project, path) {
      const key = keyOf(project, path);
      const tell: Desk['tell'] = (message) => write({ key, pid: process.pid, ...message });
      const desk: Desk = {
        ...{ request, board, places, key, tries: round.tries, tell },
        isKilled: (number) => existsSync(join(round.killed, String(number))),
        setKilled: (number) => mark(round.killed, number),
        meet: (numbers) => {
          for (const number of numbers) mark(round.met, number);
          return new Set(readdirSync(round.met).map(Number));
        },
      };
      worker.trial = next ?? firstTrial(round, desk, path);
      next = undefined;
      worker.trial?.begin();
    },
    close(file, again) {
      next = worker.trial?.close(file);
      worker.trial = undefined;
      if (again !== undefined && next !== undefined) again();
      else next?.abandon();
    },
  };
  for (const event of ['unhandledRejection', 'uncaughtException'])
    process.on(event, (error) => worker.trial?.stray(error));
  serveNatively(schemataOf(request.sources));
  watchOutside(new Set(request.sources.map(({ path }) => path)), (what) => worker.trial?.outside(what));
  return worker;
}

function mark(folder: string, number: number): void {
  writeFileSync(join(folder, String(number)), '');
}

function firstTrial(round: Round, desk: Desk, path: string): Trial | undefined {
  desk.tell({ type: 'open' });
  if (round.mode === 'together') return new TogetherTrial(desk, path);
  const job = claim(round, desk.key);
  return job === undefined ? undefined : new AloneTrial({ ...desk, tries: [job.number] }, job.number, path, job.first);
}

/** Several workers may have the same test file to themselves, each for a mutant of its own. */
function claim({ jobs, claims }: Round, key: string): AloneJob | undefined {
  return jobs.find((job, index) => {
    if (job.key !== key) return false;
    try {
      closeSync(openSync(join(claims, String(index)), 'wx'));
      return true;
    } catch {
      // Another worker has it.
      return false;
    }
  });
}
