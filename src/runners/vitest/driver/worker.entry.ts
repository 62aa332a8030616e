import { openWorker } from './open-worker.ts';
import {
  type FunctionOf,
  isFile,
  type Suite,
  type Test,
  type TestFile,
  type TestRunner,
  type TestRunnerClass,
} from './shapes.ts';
import { within } from './time-limit.ts';

// Tests put fake clocks in place of the real ones.
const { setImmediate } = globalThis;

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
      for (const file of files) worker.trial?.collected(file, repeatOf(this, file) !== undefined);
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
