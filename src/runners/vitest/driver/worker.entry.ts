import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlaces } from '../../javascript/driver/places.ts';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { installSwitchboard } from '../../javascript/driver/switchboard.ts';
import { AloneTrial } from './alone-trial.ts';
import type { Desk } from './desk.ts';
import { type AloneJob, keyOf, type Message, type Round } from './messages.ts';
import { serveNatively } from './native-loads.ts';
import { watchOutside } from './outside.ts';
import {
  type FunctionOf,
  isFile,
  type Suite,
  type Test,
  type TestFile,
  type TestRunner,
  type TestRunnerClass,
} from './shapes.ts';
import { TogetherTrial } from './together-trial.ts';
import type { Trial } from './trial.ts';

// Tests put fake clocks in place of the real ones.
const { setImmediate, setTimeout, clearTimeout } = globalThis;

/** Vitest's runner, or the user's, with tries in it. Called while a worker starts, before anything of the user's is loaded. */
export function createRunner(Base: TestRunnerClass, functionOf: FunctionOf, roundFile: string): TestRunnerClass {
  const worker = openWorker(roundFile);
  return class extends Base {
    override async onBeforeCollect(paths: string[]): Promise<void> {
      await super.onBeforeCollect?.(paths);
      worker.open(projectOf(this), paths[0] ?? '');
    }

    override async onCollected(files: TestFile[]): Promise<void> {
      await super.onCollected?.(files);
      for (const file of files) worker.trial?.collected(file);
    }

    override async onBeforeRunFiles(files: TestFile[]): Promise<void> {
      keepSnapshots(this);
      // The main process learns everything from the journal.
      this.onTaskUpdate = async () => {};
      worker.files = files;
      await super.onBeforeRunFiles?.(files);
    }

    override async onAfterRunFiles(files: TestFile[]): Promise<void> {
      for (const file of new Set(files)) worker.close(file, repeatOf(this, file));
      await super.onAfterRunFiles?.(files);
    }

    override async onBeforeRunSuite(suite: Suite): Promise<void> {
      if (isFile(suite)) worker.trial?.startFile(suite);
      await super.onBeforeRunSuite?.(suite);
    }

    override async onAfterRunSuite(suite: Suite): Promise<void> {
      await super.onAfterRunSuite?.(suite);
      if (!isFile(suite)) return;
      await settled();
      // Vitest goes on with the files in this list while it gets longer.
      if (worker.trial?.finishFile(suite) === true) worker.files.push(suite);
    }

    override async onBeforeRunTask(test: Test): Promise<void> {
      worker.trial?.beforeTest(test);
      await super.onBeforeRunTask?.(test);
    }

    override async onAfterRunTask(test: Test): Promise<void> {
      await super.onAfterRunTask?.(test);
      await settled();
      worker.trial?.afterTest(test);
    }

    override async runTask(test: Test): Promise<void> {
      const own = super.runTask === undefined ? functionOf(test) : () => super.runTask?.(test);
      if (own === undefined) throw new Error('Test function is not found.');
      const limit = worker.trial?.timeLimitOf(test);
      if (limit === undefined) await own();
      else await within(limit, own, () => worker.trial?.overtime(test));
    }
  };
}

interface Worker {
  trial: Trial | undefined;
  files: TestFile[];
  open(project: string, path: string): void;
  /** With what makes Vitest load and run the file again. */
  close(file: TestFile, again: (() => void) | undefined): void;
}

function openWorker(roundFile: string): Worker {
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
        setKilled: (number) => writeFileSync(join(round.killed, String(number)), ''),
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
  const texts = request.sources.flatMap(({ path, schemata }) =>
    schemata === undefined ? [] : [[path, schemata] as const],
  );
  serveNatively(new Map(texts));
  watchOutside(new Set(request.sources.map(({ path }) => path)), (what) => worker.trial?.outside(what));
  return worker;
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

function projectOf({ config }: TestRunner): string {
  return typeof config === 'object' && config !== null && 'name' in config && typeof config.name === 'string'
    ? config.name
    : '';
}

/** Since 4 Vitest goes on with the files of this list while it gets longer, each with modules of its own. */
function repeatOf(runner: TestRunner, { filepath }: TestFile): (() => void) | undefined {
  const { ctx, evaluatedModules } = runner.workerState ?? {};
  const specification = ctx?.files?.find((file) => file.filepath === filepath);
  if (evaluatedModules === undefined || ctx?.files === undefined || specification === undefined) return undefined;
  // In a context of the VM modules stay.
  if (ctx.pool?.startsWith('vm')) return undefined;
  const { files } = ctx;
  return () => {
    files.push(specification);
  };
}

/** New and obsolete snapshots stay what they are in the tree. */
function keepSnapshots(runner: TestRunner): void {
  const environment = runner.workerState?.config?.snapshotOptions?.snapshotEnvironment;
  if (environment === undefined) return;
  environment.saveSnapshotFile = async () => {};
  environment.removeSnapshotFile = async () => {};
}

/** Rejections that nothing handles are told after everything that is due. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function within(ms: number, run: () => unknown, late: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late();
      reject(new Error(`Downforce: the test does not come to an end within ${Math.round(ms)} ms`));
    }, ms);
    Promise.resolve(callNow(run))
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

/** As a promise, whatever it does. */
function callNow(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return Promise.reject(error);
  }
}
