import type { Finding } from '../../protocol/finding.ts';
import { mutate } from './mutant.ts';
import type {
  MutantDeps,
  MutantEvents,
  MutantJob,
  MutantRun,
  MutantRunner,
  Sandbox,
  TestRun,
  Try,
} from './mutant-runner.ts';
import { type Attempt, attempt, isRefused } from './sandbox-attempt.ts';
import { type Bench, findMutant, type Placed } from './sandbox-bench.ts';
import { examineSurvivors } from './sandbox-survivors.ts';

/** A mutant's run may take so many times as long as the first one, and so much more. */
const TIME_FACTOR = 4;
const TIME_BASE_MS = 10_000;

/** The check's own command, a run a mutant, in copies of the working tree: for whatever runs tests. */
export function createSandboxRunner(): MutantRunner {
  return { name: 'the test command, in copies of the tree', run };
}

async function run(job: MutantJob, deps: MutantDeps, events: MutantEvents, signal: AbortSignal): Promise<MutantRun> {
  const copies: Sandbox[] = [];
  const open = async (): Promise<Sandbox> => {
    const copy = await deps.openSandbox({ executables: job.check.executables });
    copies.push(copy);
    return copy;
  };
  try {
    const first = await firstRun(job, open, deps, signal);
    if (first.kind !== 'green') return signal.aborted ? { kind: 'cancelled' } : first;
    const bench = {
      job,
      deps,
      signal,
      timeoutMs: timeoutOf(job, first.baselineMs),
      whole: wholeOf(job, first.baselineMs),
    };
    events.onTest?.(bench.whole);
    const tried = await tryAll(bench, first.copies, events);
    if (signal.aborted) return { kind: 'cancelled' };
    return tried.kind === 'unfit'
      ? tried
      : { ...tried, loads: new Map(), baselineMs: first.baselineMs, coverage: 'unknown' };
  } catch (error) {
    return { kind: 'unfit', reason: `no copy of the tree: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    for (const copy of copies) copy.dispose();
  }
}

type FirstRun =
  | { readonly kind: 'green'; readonly copies: readonly Sandbox[]; readonly baselineMs: number }
  | Extract<MutantRun, { kind: 'red' | 'unfit' | 'cancelled' }>;

/** The command without a mutant, in all copies at once: what disturbs each other side by side (ports, shared files) shows here. */
async function firstRun(
  job: MutantJob,
  open: () => Promise<Sandbox>,
  deps: MutantDeps,
  signal: AbortSignal,
): Promise<FirstRun> {
  const wanted = Math.max(1, Math.min(deps.cores, job.tries.length));
  const one = await open();
  if (job.mode === 'alone') return { kind: 'green', copies: [one], baselineMs: job.baselineMs ?? job.check.timeoutMs };
  const plain = (copy: Sandbox): Promise<Attempt> => attempt(copy, job, job.check.timeoutMs, deps, signal);
  const started = [{ copy: one, attempt: plain(one) }];
  while (started.length < wanted) {
    const copy = await open();
    started.push({ copy, attempt: plain(copy) });
  }
  const ended = await Promise.all(started.map(async (each) => ({ copy: each.copy, attempt: await each.attempt })));
  for (const { copy } of ended) copy.reset();
  const slowest = Math.max(...ended.map((each) => each.attempt.durationMs));
  if (ended.every((each) => isGreen(each.attempt)))
    return { kind: 'green', copies: ended.map(({ copy }) => copy), baselineMs: slowest };
  const again = wanted === 1 ? ended[0]?.attempt : await plain(one);
  if (again !== undefined && isGreen(again)) return { kind: 'green', copies: [one], baselineMs: again.durationMs };
  return again === undefined ? { kind: 'cancelled' } : compareInPlace(again, job, deps, signal);
}

function isGreen({ verdict }: Attempt): boolean {
  return verdict.status === 'pass';
}

/** Not green in a copy: the plain command says whether that is the tests' fault or the copy's. */
async function compareInPlace(
  inCopy: Attempt,
  job: MutantJob,
  deps: MutantDeps,
  signal: AbortSignal,
): Promise<FirstRun> {
  if (signal.aborted || inCopy.verdict.status === 'cancelled') return { kind: 'cancelled' };
  const why = saidBy(inCopy);
  const here = { root: deps.root, inside: (text: string) => text, env: { PYTHONDONTWRITEBYTECODE: '1' } };
  const inPlace = await attempt(here, job, job.check.timeoutMs, deps, signal);
  if (signal.aborted) return { kind: 'cancelled' };
  if (isGreen(inPlace)) return { kind: 'unfit', reason: `its tests pass here but not in a copy of the tree: ${why}` };
  if (inPlace.verdict.status !== 'fail') return { kind: 'unfit', reason: saidBy(inPlace) };
  return { kind: 'red', tests: inPlace.verdict.findings.filter(isError).map((finding) => testOf(finding, 'fail')) };
}

function saidBy({ verdict }: Attempt): string {
  if ('reason' in verdict) return verdict.reason;
  return verdict.findings.find(isError)?.message ?? verdict.status;
}

function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}

function testOf(finding: Finding, status: TestRun['status']): TestRun {
  const named = finding.data?.['test'];
  const name = typeof named === 'string' ? named : finding.message;
  const { path: file, message } = finding;
  return {
    id: `${file}\n${name}`,
    file,
    name,
    status,
    durationMs: 0,
    reaches: [],
    ...(status === 'fail' ? { message } : {}),
  };
}

function wholeOf({ check }: MutantJob, durationMs: number): TestRun {
  return { id: check.id, file: '', name: `all tests of ${check.id}`, status: 'pass', durationMs, reaches: [] };
}

function timeoutOf({ check }: MutantJob, baselineMs: number): number {
  return Math.min(check.timeoutMs, TIME_FACTOR * baselineMs + TIME_BASE_MS);
}

type Tried =
  | { readonly kind: 'ran'; readonly tests: readonly TestRun[]; readonly tries: readonly Try[] }
  | { readonly kind: 'unfit'; readonly reason: string };

async function tryAll(bench: Bench, copies: readonly Sandbox[], events: MutantEvents): Promise<Tried> {
  const queue = [...bench.job.tries];
  const killers = new Map<string, TestRun>();
  const work = async (copy: Sandbox): Promise<readonly Try[]> => {
    const tries: Try[] = [];
    for (let next = queue.shift(); next !== undefined && !bench.signal.aborted; next = queue.shift()) {
      const found = findMutant(bench.job.sources, next);
      if (found !== undefined) tries.push(await tryOne(bench, copy, found, killers));
    }
    return tries;
  };
  const byCopy = await Promise.all(copies.map(async (copy) => ({ copy, tries: await work(copy) })));
  const examined = await examineSurvivors(bench, byCopy);
  if (examined.kind === 'unfit') return examined;
  for (const result of examined.tries) events.onTry?.(result);
  return { kind: 'ran', tests: [bench.whole, ...killers.values()], tries: examined.tries };
}

async function tryOne(
  bench: Bench,
  copy: Sandbox,
  { source, mutant }: Placed,
  killers: Map<string, TestRun>,
): Promise<Try> {
  copy.write(source.path, mutate(source.text, mutant.edit));
  const result = await attempt(copy, bench.job, bench.timeoutMs, bench.deps, bench.signal);
  copy.restore(source.path);
  copy.reset();
  const { verdict, durationMs } = result;
  const common = { number: mutant.number, file: '', killedBy: [], ran: [bench.whole.id], durationMs };
  if (verdict.status !== 'pass' && isRefused(result, mutant.language)) return { ...common, status: 'compile-error' };
  switch (verdict.status) {
    case 'pass':
      return { ...common, status: 'survived' };
    case 'timeout':
      return { ...common, status: 'timeout', message: verdict.reason };
    case 'fail': {
      const failing = verdict.findings.filter(isError).map((finding) => testOf(finding, 'pass'));
      for (const test of failing) killers.set(test.id, test);
      return { ...common, status: 'killed', killedBy: failing.map(({ id }) => id) };
    }
    default:
      return { ...common, status: 'error', message: verdict.reason };
  }
}
