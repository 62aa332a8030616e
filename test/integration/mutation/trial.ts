import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../../../src/engine/checks/check.ts';
import { runCheck } from '../../../src/engine/checks/run-check.ts';
import { NO_CACHE } from '../../../src/engine/loop.ts';
import type { Mutant } from '../../../src/engine/mutation/mutant.ts';
import { exchanged } from '../../../src/engine/mutation/mutant.ts';
import type {
  MutantDeps,
  MutantJob,
  MutantRun,
  MutantRunner,
  MutatedSource,
} from '../../../src/engine/mutation/mutant-runner.ts';
import { survey } from '../../../src/engine/survey.ts';
import { openEngine } from '../../../src/harness/open-engine.ts';
import { driverFile } from '../../../src/platform/drivers.ts';
import { createMutantScratch } from '../../../src/platform/mutant-scratch.ts';
import { inParallel } from '../../../src/runners/node-test/driver/parallel.ts';

/** A mutant as a test writes it down: the exchanged piece and what stands there instead. `form` is `expression` unless said. */
export interface PlannedMutant {
  readonly path: string;
  /** Must occur; the `nth` time (from 1, default 1). */
  readonly find: string;
  readonly nth?: number;
  readonly replace: string;
  readonly form?: 'expression' | 'statement';
  readonly atLoad?: boolean;
}

export interface TrialOptions {
  readonly tool: string;
  readonly testFiles?: readonly string[];
  readonly mode?: MutantJob['mode'];
  /** Another than the check's own. */
  readonly way?: MutantRunner;
  /** Numbers, from 1, of the mutants to try; all by default. */
  readonly tries?: readonly number[];
}

/** A git repository of these files in a temporary folder; the caller removes it. */
export function repositoryOf(files: Readonly<Record<string, string>>): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'downforce-trial-')));
  for (const [path, text] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  git(dir, 'init', '-q', '-b', 'main');
  git(dir, 'add', '-A');
  git(dir, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'first');
  return dir;
}

function git(dir: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd: dir, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Runs the tool's own fast way on these mutants, as `downforce mutate` would. */
export async function trial(dir: string, planned: readonly PlannedMutant[], options: TrialOptions): Promise<MutantRun> {
  const { check, deps, sources } = await prepare(dir, planned, options.tool);
  const way = options.way ?? check.mutants;
  if (way === undefined) throw new Error(`${check.id} has no fast way`);
  const job: MutantJob = {
    check,
    testFiles: options.testFiles ?? [],
    sources,
    tries: options.tries ?? planned.map((_, index) => index + 1),
    enough: planned.length,
    mode: options.mode ?? 'together',
    likely: new Map(),
  };
  return way.run(job, deps, {}, new AbortController().signal);
}

async function prepare(
  dir: string,
  planned: readonly PlannedMutant[],
  tool: string,
): Promise<{ check: Check; deps: MutantDeps; sources: readonly MutatedSource[] }> {
  const { engine, check } = await openCheck(dir, tool);
  const sources = await Promise.all(
    [...new Set(planned.map(({ path }) => path))].map(async (path) => {
      const text = readFileSync(join(dir, path), 'utf8');
      const language = engine.languages.find((candidate) => candidate.matches(path));
      if (language === undefined) throw new Error(`no language reads ${path}`);
      const mutants = planned.flatMap((plan, index) =>
        plan.path === path ? [{ ...mutantOf(plan, text, language.id), number: index + 1 }] : [],
      );
      const write = await language.openSchemata?.();
      const schemata = write?.(path, text, mutants);
      if (schemata !== undefined && schemata.omitted.length > 0)
        throw new Error(`no schemata for ${schemata.omitted.join(', ')}`);
      return { path, text, mutants, ...(schemata === undefined ? {} : { schemata: schemata.text }) };
    }),
  );
  const deps: MutantDeps = {
    ...engine,
    createScratch: createMutantScratch,
    driver: driverFile,
    openSandbox: engine.mutation.openSandbox,
  };
  return { check, deps, sources };
}

function mutantOf(plan: PlannedMutant, text: string, language: Mutant['language']): Mutant {
  let start = -1;
  for (let count = 0; count < (plan.nth ?? 1); count++) start = text.indexOf(plan.find, start + 1);
  if (start < 0) throw new Error(`${plan.path} has no ${plan.find}`);
  const end = start + plan.find.length;
  const place = { line: text.slice(0, start).split('\n').length, column: 1 };
  return {
    id: `m-${plan.path}-${start}-${plan.replace}`,
    path: plan.path,
    language,
    operator: 'by-hand',
    symbol: '',
    edit: { start, end, text: plan.replace },
    original: plan.find,
    range: { start: place, end: place },
    exchange: { start, end, form: plan.form ?? 'expression' },
    atLoad: plan.atLoad ?? false,
  };
}

export type Fate = 'killed' | 'survived' | 'timeout' | 'error';

/**
 * Brute force, the measure of all: each mutant alone, in a fresh process of the repository's own command, on a copy. `linked`
 * folders (node_modules, .venv) are linked into the copy.
 */
export async function bruteForce(
  dir: string,
  planned: readonly PlannedMutant[],
  options: Pick<TrialOptions, 'tool' | 'testFiles'> & { readonly timeoutMs?: number },
): Promise<readonly Fate[]> {
  const { sources } = await prepare(dir, planned, options.tool);
  const all = sources.flatMap((source) => source.mutants.map((mutant) => ({ source, mutant })));
  const ordered = all.sort((a, b) => a.mutant.number - b.mutant.number);
  // Most of the time goes to waiting for what never ends.
  return inParallel(ordered, 3, async ({ source, mutant }) => {
    const copy = realpathSync(mkdtempSync(join(tmpdir(), 'downforce-brute-')));
    try {
      cpSync(dir, copy, { recursive: true, verbatimSymlinks: true });
      const { start, end } = mutant.exchange;
      writeFileSync(
        join(copy, source.path),
        source.text.slice(0, start) + exchanged(source.text, mutant) + source.text.slice(end),
      );
      return await fateOf(copy, options);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
}

async function fateOf(
  dir: string,
  {
    tool,
    testFiles = [],
    timeoutMs = 60_000,
  }: Pick<TrialOptions, 'tool' | 'testFiles'> & { readonly timeoutMs?: number },
): Promise<Fate> {
  const { engine, check } = await openCheck(dir, tool);
  const target = testFiles.length === 0 ? ({ kind: 'all' } as const) : ({ kind: 'files', paths: testFiles } as const);
  const planned = { check, target, distance: 0, estimateMs: 0 };
  const { outcome } = await runCheck(planned, timeoutMs, { ...engine, cache: NO_CACHE }, new AbortController().signal);
  switch (outcome.status) {
    case 'pass':
      return 'survived';
    case 'fail':
      return 'killed';
    case 'timeout':
      return 'timeout';
    default:
      return 'error';
  }
}

async function openCheck(
  dir: string,
  tool: string,
): Promise<{ engine: Awaited<ReturnType<typeof openEngine>>; check: Check }> {
  const engine = await openEngine({ dir, base: undefined, configFile: undefined, warn: () => {} });
  const { checks } = await survey(engine);
  const check = checks.find((candidate) => candidate.kind === 'test' && candidate.tool === tool);
  if (check === undefined) throw new Error(`no test check of ${tool}: ${checks.map(({ id }) => id).join(', ')}`);
  return { engine, check };
}
