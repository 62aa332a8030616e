import childProcess from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { keyOf } from './messages.ts';
import { keepConfigOut, serveFiles } from './serve-files.ts';

/** What of `vitest/node` is used here, as Vitest 3, 4 and 5 have it in common. */
export interface Vitest {
  readonly config: { sequence: { sequencer: unknown }; teardownTimeout: number };
  readonly projects: readonly Project[];
  globTestSpecifications(filters: readonly string[]): Promise<readonly Specification[]>;
  runTestSpecifications(specifications: readonly Specification[]): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface Project {
  readonly name: string;
  readonly config: ProjectConfig;
  isBrowserEnabled?(): boolean;
  matchesTestGlob(path: string): boolean;
  createSpecification(path: string): Specification;
}

interface ProjectConfig {
  pool: string;
  isolate?: boolean;
  poolOptions?: { forks?: { isolate?: boolean } };
  runner?: string;
  typecheck?: { enabled?: boolean };
  readonly globalSetup?: string | readonly string[];
}

export interface Specification {
  readonly moduleId: string;
  readonly pool: string;
  readonly project: Project;
}

interface VitestModule {
  readonly version?: string;
  parseCLI(argv: string[], config: object): { readonly options: Record<string, unknown> };
  createVitest(mode: string, options: object, vite: object, rest: object): Promise<Vitest>;
}

/** Vitest with the test files that are asked for, by their keys. */
export interface TestBed {
  readonly vitest: Vitest;
  readonly specifications: ReadonlyMap<string, Specification>;
}

const TEARDOWN_MS = 1000;

/** To be done once, before any of Vite or Vitest is loaded. */
export function prepareProcess({ scratch, sources }: DriverRequest): void {
  ignoreStrayErrors();
  letGoOfTheDead();
  const temporary = join(scratch, 'config');
  mkdirSync(temporary);
  keepConfigOut(temporary);
  serveFiles(new Map(sources.flatMap(({ path, schemata }) => (schemata === undefined ? [] : [[path, schemata]]))));
}

/** Vitest 3 would end this process for what is wrong with a worker. */
function ignoreStrayErrors(): void {
  const events: readonly unknown[] = ['unhandledRejection', 'uncaughtException'];
  process.on('unhandledRejection', () => {}).on('uncaughtException', () => {});
  const { on } = process;
  process.on = function (this: NodeJS.Process, ...args: Parameters<typeof on>) {
    return events.includes(args[0]) ? this : Reflect.apply(on, this, args);
  } as typeof on;
}

/** Vitest 3 says goodbye to workers that went down, over and over, as each goodbye fails. */
function letGoOfTheDead(): void {
  const { fork } = childProcess;
  childProcess.fork = ((...args: Parameters<typeof fork>) => {
    const child = fork(...args);
    child.once('exit', () => {
      child.send = () => true;
    });
    return child;
  }) as typeof fork;
  syncBuiltinESMExports();
}

/** @throws where the user's Vitest cannot be found, or cannot read its configuration. */
export async function openTestBed(request: DriverRequest, round: string): Promise<TestBed> {
  const vitest = await openVitest(request, round);
  const specifications = await specificationsOf(vitest, request);
  return { vitest, specifications: new Map(specifications.map((one) => [keyOf(one.project.name, one.moduleId), one])) };
}

async function openVitest(request: DriverRequest, round: string): Promise<Vitest> {
  const { cwd, scratch } = request;
  const entry = createRequire(join(cwd, 'package.json')).resolve('vitest/package.json');
  const dist = join(dirname(entry), 'dist');
  // As the command does.
  process.env['TEST'] = 'true';
  process.env['VITEST'] = 'true';
  process.env['NODE_ENV'] ??= 'test';
  const module = (await import(pathToFileURL(join(dist, 'node.js')).href)) as VitestModule;
  const words = wordsOf(request.settings['flags']);
  const { options } = module.parseCLI(['vitest', 'run', ...words], { allowUnknownOptions: true });
  const vitest = await module.createVitest('test', { ...options, ...quiet(scratch) }, viteOptions(scratch), streams());
  vitest.config.sequence.sequencer = GivenOrder;
  // Vitest 3 waits so long for workers that went down.
  vitest.config.teardownTimeout = TEARDOWN_MS;
  for (const project of vitest.projects) prepareProject(project, dist, round, scratch);
  return vitest;
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Nothing but the tests themselves, and nothing written. */
function quiet(scratch: string): object {
  return {
    ...{ run: true, watch: false, ui: false, open: false, api: false, standalone: false, update: false, bail: 0 },
    ...{ coverage: { enabled: false }, typecheck: { enabled: false }, experimental: { fsModuleCache: false } },
    ...{ reporters: [{}], silent: true, inspect: false, inspectBrk: false, logHeapUsage: false },
    attachmentsDir: join(scratch, 'attachments'),
  };
}

function viteOptions(scratch: string): object {
  return { cacheDir: join(scratch, 'vite'), logLevel: 'silent', clearScreen: false, server: { watch: null } };
}

function streams(): object {
  const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
  return { stdout: nowhere(), stderr: nowhere() };
}

/** Test files come in the order they were asked for, nearest first. */
class GivenOrder {
  shard<Files>(files: Files): Files {
    return files;
  }

  sort<Files>(files: Files): Files {
    return files;
  }
}

/** Processes can be ended from outside where threads cannot, and each test file has to have its modules to itself. */
function prepareProject({ config }: Project, dist: string, round: string, scratch: string): void {
  if (config.pool === 'threads') config.pool = 'forks';
  if (config.pool === 'vmThreads') config.pool = 'vmForks';
  config.isolate = true;
  config.poolOptions = { ...config.poolOptions, forks: { ...config.poolOptions?.forks, isolate: true } };
  if (config.typecheck !== undefined) config.typecheck.enabled = false;
  config.runner = writeRunner(dist, config.runner, round, scratch);
}

let runners = 0;

/** A module that ties our runner to the one it replaces. */
function writeRunner(dist: string, own: string | undefined, round: string, scratch: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const urlOf = (path: string): string => JSON.stringify(pathToFileURL(path).href);
  // Since 4.1 it is an export of the main entry; before, of one that is gone in 5.
  const isMain = /\bas TestRunner\b/.test(readFileSync(join(dist, 'index.js'), 'utf8'));
  const base = isMain
    ? `{ TestRunner as Base } from ${urlOf(join(dist, 'index.js'))}`
    : `{ VitestTestRunner as Base } from ${urlOf(join(dist, 'runners.js'))}`;
  const file = join(scratch, `runner-${++runners}.mjs`);
  const lines = [
    `import { createRunner } from ${urlOf(join(here, 'vitest-worker.mjs'))};`,
    own === undefined ? `import ${base};` : `import Base from ${JSON.stringify(own)};`,
    isMain ? `import { TestRunner } from ${urlOf(join(dist, 'index.js'))};` : '',
    isMain ? 'const getFn = TestRunner.getTestFn;' : `import { getFn } from ${urlOf(join(dist, 'suite.js'))};`,
    `export default createRunner(Base, getFn, ${JSON.stringify(round)});`,
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}

/** Each test file in each project that has it; all there are where none is named. */
async function specificationsOf(
  vitest: Vitest,
  { testFiles: files, settings }: DriverRequest,
): Promise<readonly Specification[]> {
  if (files.length === 0) {
    const all = await vitest.globTestSpecifications(wordsOf(settings['filters']));
    return all.filter(({ pool }) => pool !== 'typescript');
  }
  return files.flatMap((file) =>
    vitest.projects
      .filter((project) => project.matchesTestGlob(file))
      .map((project) => project.createSpecification(file)),
  );
}
