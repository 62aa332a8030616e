import type { Invocation } from '../checks/check.ts';
import type { ProcessOutcome } from '../ports.ts';
import { cut } from '../text.ts';
import { type Begun, DriverAccount } from './driver-account.ts';
import type { DriverLimits, DriverRequest, DriverSource } from './driver-protocol.ts';
import { exchanged } from './mutant.ts';
import type {
  MutantDeps,
  MutantEvents,
  MutantJob,
  MutantRun,
  MutantRunner,
  MutantScratch,
  MutatedSource,
  Try,
} from './mutant-runner.ts';

/** What a runner's folder says of the program it ships into the test process. */
export interface DriverSpec {
  /** Said in reports. */
  readonly name: string;
  /** File among the shipped programs: `vitest.mjs`. */
  readonly driver: string;
  /** Whether sources have to come as schemata (JavaScript) or are mutated by the driver itself. */
  readonly schemata: boolean;
  /** Of the runner, whatever the driver does. */
  readonly serial?: true;
  /** Passed on to the driver as they are. */
  readonly settings: DriverRequest['settings'];
  /** How the driver is started on a request file (both absolute), or why it cannot be. */
  start(
    driver: string,
    request: string,
  ): Pick<Invocation & { kind: 'run' }, 'kind' | 'argv' | 'env'> | { readonly kind: 'unfit'; readonly reason: string };
}

const LIMITS: DriverLimits = { hitsFactor: 100, hitsBase: 100_000, timeFactor: 4, timeBaseMs: 1000 };
/** Beside what the tests take: start of the process, a transform of everything. */
const START_MS = 30_000;
const FIRST_RUN_MS = 600_000;
const MAX_OUTPUT = 256 * 1024;

/** So many mutants may take the test process along before the rest are left to processes of their own. */
const MAX_CRASHES = 3;

/** Runs a shipped program in a process of its own and reads its events. */
export function createDriverRunner(spec: DriverSpec): MutantRunner {
  return {
    name: spec.name,
    chooses: true,
    ...(spec.serial === undefined ? {} : { serial: spec.serial }),
    async run(job, deps, events, signal): Promise<MutantRun> {
      const crashes: Try[] = [];
      for (;;) {
        const done = new Set(crashes.map((crash) => crash.number));
        const tries = crashes.length > MAX_CRASHES ? [] : job.tries.filter((number) => !done.has(number));
        const told = await inScratch(spec, { ...job, tries }, deps, events, signal);
        if (told.kind === 'crashed' && crashes.length <= MAX_CRASHES && job.mode === 'together') {
          crashes.push(told.crash);
          continue;
        }
        const run: MutantRun = told.kind === 'crashed' ? unfinished(told.crash) : told;
        return run.kind === 'ran' ? { ...run, tries: [...crashes, ...run.tries] } : run;
      }
    },
  };
}

/** What is known when the process went down with a mutant in force. */
type Told = MutantRun | { readonly kind: 'crashed'; readonly crash: Try };

/** Alone, a mutant that takes the process along is as dead as one that a test notices. */
function unfinished(crash: Try): MutantRun {
  return { kind: 'ran', tests: [], loads: new Map(), tries: [crash], baselineMs: crash.durationMs };
}

async function inScratch(
  spec: DriverSpec,
  job: MutantJob,
  deps: MutantDeps,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<Told> {
  const scratch = deps.createScratch();
  try {
    return await runDriver(spec, job, deps, scratch, events, signal);
  } finally {
    scratch.dispose();
  }
}

async function runDriver(
  spec: DriverSpec,
  job: MutantJob,
  deps: MutantDeps,
  scratch: MutantScratch,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<Told> {
  const request = requestOf(spec, job, deps, scratch);
  const file = scratch.write('request.json', JSON.stringify(request));
  const start = spec.start(deps.driver(spec.driver), file);
  if (start.kind === 'unfit') return start;
  const account = new DriverAccount(deps.root);
  const stop = scratch.follow('events.jsonl', (line) => account.take(line, events));
  const outcome = await deps.processes
    .run(
      {
        argv: start.argv,
        cwd: request.cwd,
        env: { PATH: deps.searchPath(job.check), ...start.env },
        timeoutMs: timeoutOf(job),
        maxBytes: MAX_OUTPUT,
      },
      signal,
    )
    .finally(stop);
  if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
  if (outcome.kind === 'missing')
    return { kind: 'unfit', reason: `${outcome.program} is not there: ${outcome.message}` };
  return conclude(job, account, outcome);
}

function requestOf(spec: DriverSpec, job: MutantJob, deps: MutantDeps, scratch: MutantScratch): DriverRequest {
  const numbers = job.sources.flatMap((source) => source.mutants.map((mutant) => mutant.number));
  return {
    root: deps.root,
    cwd: deps.absolute(job.check.cwd),
    testFiles: job.testFiles.map((path) => deps.absolute(path)),
    sources: job.sources.map((source) => driverSource(source, spec, deps)),
    mutants: Math.max(0, ...numbers),
    tries: job.tries,
    enough: job.enough,
    mode: job.mode,
    likely: Object.fromEntries(job.likely),
    limits: LIMITS,
    settings: spec.settings,
    events: `${scratch.dir}/events.jsonl`,
    scratch: scratch.dir,
  };
}

function driverSource(source: MutatedSource, spec: DriverSpec, deps: MutantDeps): DriverSource {
  return {
    path: deps.absolute(source.path),
    text: source.text,
    ...(spec.schemata && source.schemata !== undefined ? { schemata: source.schemata } : {}),
    mutants: source.mutants.map((mutant) => ({
      number: mutant.number,
      start: mutant.exchange.start,
      end: mutant.exchange.end,
      form: mutant.exchange.form,
      replacement: exchanged(source.text, mutant),
      atLoad: mutant.atLoad,
    })),
  };
}

function timeoutOf(job: MutantJob): number {
  if (job.baselineMs === undefined) return FIRST_RUN_MS;
  const runs = job.mode === 'alone' ? 1 : Math.min(job.tries.length, job.enough) + 2;
  return START_MS + runs * (LIMITS.timeFactor * job.baselineMs + LIMITS.timeBaseMs);
}

/** What the events amount to, with the word that is missing where a mutant took the process along. */
function conclude(
  { mode }: MutantJob,
  account: DriverAccount,
  outcome: Exclude<ProcessOutcome, { kind: 'missing' }>,
): Told {
  const { unfit, tests, loads, tries } = account;
  if (unfit !== undefined) return { kind: 'unfit', reason: unfit };
  if (mode === 'together' && tests.some((test) => test.status === 'fail')) return { kind: 'red', tests };
  if (account.ended) return { kind: 'ran', tests, loads, tries, baselineMs: account.baselineMs ?? outcome.durationMs };
  const { open } = account;
  if (open === undefined) return { kind: 'unfit', reason: `its tests did not run to the end: ${complaint(outcome)}` };
  return { kind: 'crashed', crash: crashOf(open, outcome, mode) };
}

function crashOf(begun: Begun, outcome: Exclude<ProcessOutcome, { kind: 'missing' }>, mode: MutantJob['mode']): Try {
  const tests = begun.test === undefined ? [] : [begun.test];
  return {
    number: begun.number,
    file: begun.file,
    status: outcome.kind === 'timeout' ? 'timeout' : 'killed',
    killedBy: tests,
    ran: tests,
    durationMs: outcome.durationMs,
    message:
      outcome.kind === 'exited' ? `the test process ended with ${outcome.code}` : `the test process: ${outcome.kind}`,
    ...(mode === 'alone' ? {} : { unsure: 'the test process went down with it' }),
  };
}

function complaint(outcome: Exclude<ProcessOutcome, { kind: 'missing' }>): string {
  const text = (outcome.stderr.trim() || outcome.stdout.trim()).split('\n').slice(-3).join(' ');
  return cut(text === '' ? outcome.kind : text, 300);
}
