import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { keyOf } from './messages.ts';
import { writeRunner } from './write-runner.ts';

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

/** @throws where the user's Vitest cannot be found, or cannot read its configuration. */
export async function openTestBed(request: DriverRequest, round: string): Promise<TestBed> {
  const vitest = await openVitest(request, round);
  const specifications = await specificationsOf(vitest, request);
  const sorted = [...specifications].sort((a, b) => likelyKills(b, request) - likelyKills(a, request));
  return { vitest, specifications: new Map(sorted.map((one) => [keyOf(one.project.name, one.moduleId), one])) };
}

/** How many mutants were killed by a test of this file before. */
function likelyKills({ moduleId }: Specification, { likely, root }: DriverRequest): number {
  const start = `${relative(root, moduleId)} `;
  return Object.values(likely).filter((ids) => ids.some((id) => id.startsWith(start))).length;
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
