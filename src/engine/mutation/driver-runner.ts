import type { Invocation } from '../checks/check.ts';
import type { ProcessOutcome } from '../ports.ts';
import { cut } from '../text.ts';
import type { DriverEvent, DriverLimits, DriverRequest, DriverSource } from './driver-protocol.ts';
import { exchanged } from './mutant.ts';
import type {
  MutantDeps,
  MutantEvents,
  MutantJob,
  MutantRun,
  MutantRunner,
  MutantScratch,
  MutatedSource,
  TestRun,
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

/** Runs a shipped program in a process of its own and reads its events. */
export function createDriverRunner(spec: DriverSpec): MutantRunner {
  return {
    name: spec.name,
    async run(job, deps, events, signal): Promise<MutantRun> {
      const scratch = deps.createScratch();
      try {
        return await runDriver(spec, job, deps, scratch, events, signal);
      } finally {
        scratch.dispose();
      }
    },
  };
}

async function runDriver(
  spec: DriverSpec,
  job: MutantJob,
  deps: MutantDeps,
  scratch: MutantScratch,
  events: MutantEvents,
  signal: AbortSignal,
): Promise<MutantRun> {
  const request = requestOf(spec, job, deps, scratch);
  const file = scratch.write('request.json', JSON.stringify(request));
  const start = spec.start(deps.driver(spec.driver), file);
  if (start.kind === 'unfit') return start;
  const outcome = await deps.processes.run(
    {
      argv: start.argv,
      cwd: request.cwd,
      env: { PATH: deps.searchPath(job.check), ...start.env },
      timeoutMs: timeoutOf(job),
      maxBytes: MAX_OUTPUT,
    },
    signal,
  );
  if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
  if (outcome.kind === 'missing')
    return { kind: 'unfit', reason: `${outcome.program} is not there: ${outcome.message}` };
  return conclude(job, deps, parseEvents(scratch.read('events.jsonl') ?? ''), outcome, events);
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
  const runs = job.mode === 'alone' ? 1 : job.tries.length + 2;
  return START_MS + runs * (LIMITS.timeFactor * job.baselineMs + LIMITS.timeBaseMs);
}

function parseEvents(text: string): readonly DriverEvent[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as DriverEvent];
    } catch {
      // The line that was being written when the process ended.
      return [];
    }
  });
}

/** What the events amount to, with the word that is missing where a mutant took the process along. */
function conclude(
  job: MutantJob,
  deps: MutantDeps,
  told: readonly DriverEvent[],
  outcome: Exclude<ProcessOutcome, { kind: 'missing' }>,
  events: MutantEvents,
): MutantRun {
  const relative = (path: string): string =>
    path.startsWith(`${deps.root}/`) ? path.slice(deps.root.length + 1).replaceAll('\\', '/') : path;
  const tests: TestRun[] = [];
  const loads = new Map<string, readonly number[]>();
  const tries: Try[] = [];
  let baselineMs: number | undefined;
  let begun: (DriverEvent & { type: 'begin' }) | undefined;
  let ended = false;
  for (const event of told) {
    switch (event.type) {
      case 'test':
        tests.push({ ...event, file: relative(event.file), durationMs: event.ms });
        break;
      case 'load':
        loads.set(relative(event.file), event.reaches);
        break;
      case 'begin':
        begun = event;
        break;
      case 'try':
        if (begun?.number === event.number && begun.file === event.file) begun = undefined;
        tries.push({ ...event, file: relative(event.file), durationMs: event.ms });
        break;
      case 'dry':
        baselineMs = event.ms;
        break;
      case 'unfit':
        return { kind: 'unfit', reason: event.reason };
      case 'end':
        ended = true;
        break;
      default:
        event satisfies never;
    }
  }
  for (const test of tests) events.onTest?.(test);
  if (tests.some((test) => test.status === 'fail')) return { kind: 'red', tests };
  if (!ended && begun !== undefined) {
    // The process went down, or hung, with this mutant in force.
    const status = outcome.kind === 'timeout' ? 'timeout' : 'killed';
    const message = outcome.kind === 'exited' ? `the test process ended with ${outcome.code}` : outcome.kind;
    const unsure = job.mode === 'alone' ? {} : { unsure: 'the test process went down with it' };
    tries.push({
      number: begun.number,
      file: relative(begun.file),
      status,
      killedBy: begun.test === undefined ? [] : [begun.test],
      ran: begun.test === undefined ? [] : [begun.test],
      durationMs: outcome.durationMs,
      message,
      ...unsure,
    });
  } else if (!ended) return { kind: 'unfit', reason: `its tests did not run to the end: ${complaint(outcome)}` };
  for (const result of tries) events.onTry?.(result);
  return { kind: 'ran', tests, loads, tries, baselineMs: baselineMs ?? outcome.durationMs };
}

function complaint(outcome: Exclude<ProcessOutcome, { kind: 'missing' }>): string {
  const text = (outcome.stderr.trim() || outcome.stdout.trim()).split('\n').slice(-3).join(' ');
  return cut(text === '' ? outcome.kind : text, 300);
}
