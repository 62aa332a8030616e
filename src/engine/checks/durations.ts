import type { Store } from '../ports.ts';
import type { Check, Target } from './check.ts';
import type { CheckResult } from './result.ts';

const RUNS = 'history/checks.jsonl';
const FILES = 'history/test-files.json';
const KEEP_LINES = 1000;
const MAX_CHARS = 400_000;

/** Where nothing is known yet, in milliseconds. */
const GUESS: Readonly<Record<Check['kind'], number>> = {
  lint: 3000,
  types: 8000,
  test: 5000,
  build: 20_000,
  security: 10_000,
};
const GUESS_PER_FILE = 400;

interface Run {
  readonly id: string;
  readonly ms: number;
  readonly target: 'all' | 'files';
  readonly files: number;
}

/** A check as it was started. */
export interface Started {
  readonly check: Check;
  readonly target: Target;
}

/** What checks took before, learned from `.downforce/history`. */
export interface Durations {
  /** Milliseconds to expect. */
  estimate(check: Check, target: Target): number;
  /** Milliseconds to expect of one test file. */
  ofFile(path: string): number;
  /** Milliseconds a check costs before its first file. */
  startup(check: Check): number;
  learn(results: readonly CheckResult[], started: ReadonlyMap<string, Started>): void;
}

export function readDurations(store: Store): Durations {
  const text = store.read(RUNS) ?? '';
  if (text.length > MAX_CHARS) store.write(RUNS, `${text.trimEnd().split('\n').slice(-KEEP_LINES).join('\n')}\n`);
  const runs = Map.groupBy(text.split('\n').flatMap(parseRun), (run) => run.id);
  const files = readFiles(store);
  const ofFile = (path: string): number => files.get(path) ?? GUESS_PER_FILE;
  const startup = (check: Check): number => {
    const narrowed = (runs.get(check.id) ?? []).filter((run) => run.target === 'files' && run.files > 0);
    return median(narrowed.map((run) => run.ms / Math.sqrt(run.files))) ?? 1500;
  };
  return {
    ofFile,
    startup,
    estimate: (check, target) => {
      const known = runs.get(check.id) ?? [];
      if (target.kind === 'all' || check.narrowing === 'whole') return median(whole(known)) ?? GUESS[check.kind];
      if (check.narrowing === 'changed') return median(known.slice(-5).map((run) => run.ms)) ?? GUESS[check.kind];
      return startup(check) + target.paths.reduce((sum, path) => sum + ofFile(path), 0);
    },
    learn: (results, started) => learn(store, files, results, started),
  };
}

function whole(runs: readonly Run[]): number[] {
  return runs
    .filter((run) => run.target === 'all')
    .slice(-5)
    .map((run) => run.ms);
}

function parseRun(line: string): Run[] {
  if (line === '') return [];
  try {
    const value = JSON.parse(line) as Partial<Run>;
    const { id, ms, target, files } = value;
    return typeof id === 'string' && typeof ms === 'number' && target !== undefined
      ? [{ id, ms, target, files: files ?? 0 }]
      : [];
  } catch {
    // A line that another run was writing when the machine went down.
    return [];
  }
}

function readFiles(store: Store): Map<string, number> {
  try {
    const value: unknown = JSON.parse(store.read(FILES) ?? '{}');
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1]) && entry[1] >= 0));
  } catch {
    // Learned again from the next runs.
    return new Map();
  }
}

function learn(
  store: Store,
  files: Map<string, number>,
  results: readonly CheckResult[],
  started: ReadonlyMap<string, Started>,
): void {
  let learnedFiles = false;
  for (const { check, outcome, durationMs, cached } of results) {
    const ran = started.get(check.id);
    if (cached || ran === undefined || !['pass', 'fail', 'timeout'].includes(outcome.status)) continue;
    const ms = Math.round(outcome.status === 'timeout' ? durationMs * 1.5 : durationMs);
    const { target } = ran;
    const all = target.kind === 'all' || ran.check.narrowing === 'whole';
    const run: Run = {
      id: check.id,
      ms,
      target: all ? 'all' : 'files',
      files: target.kind === 'files' ? target.paths.length : 0,
    };
    store.append(RUNS, JSON.stringify(run));
    const durations = 'durations' in outcome ? (outcome.durations ?? {}) : {};
    for (const [path, took] of Object.entries(durations)) {
      const known = files.get(path);
      files.set(path, Math.round(known === undefined ? took : (known + took) / 2));
      learnedFiles = true;
    }
  }
  if (learnedFiles) store.write(FILES, JSON.stringify(Object.fromEntries(files)));
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
