import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { Diary, type FamilyNews } from '../../javascript/driver/diary.ts';
import { familyEnv } from '../../javascript/driver/family.ts';
import { runProcess } from './process.ts';
import { REPORT_VARIABLE, readReport, type Unit } from './report.ts';

export interface Settings {
  /** What runs a test file: Node, or a program before it. */
  readonly program: readonly string[];
  readonly flags: readonly string[];
  /** Absolute paths of all test files. */
  readonly files: readonly string[];
}

/** What one process of one test file did. */
export interface FreshRun {
  readonly units: readonly Unit[];
  readonly family: FamilyNews;
  readonly end: 'passed' | 'failed' | 'timeout';
  readonly ms: number;
  readonly output: string;
}

export interface FreshJob {
  /** Absolute. */
  readonly file: string;
  /** As ids have it. */
  readonly name: string;
  /** The mutant in force from the first line on. */
  readonly number: number;
  readonly bail: boolean;
  readonly limitMs?: number;
}

let count = 0;

/** Runs a test file as `node --test` does: in a process of its own. */
export function runFresh(request: DriverRequest, path: string, job: FreshJob): Promise<FreshRun> {
  const { program, flags } = request.settings as unknown as Settings;
  count += 1;
  const report = join(request.scratch, `report-${count}.jsonl`);
  const diary = new Diary(join(request.scratch, `diary-${count}.jsonl`), request.mutants);
  const drivers = dirname(fileURLToPath(import.meta.url));
  const family = { request: path, drivers, number: job.number, diary: diary.path };
  const reporter = [
    '--test-reporter',
    `file://${drivers}/node-test-reporter.mjs`,
    '--test-reporter-destination',
    'stdout',
  ];
  const [command = process.execPath, ...words] = [...program, ...flags, ...reporter, job.file];
  const env = {
    ...process.env,
    ...familyEnv(family),
    [REPORT_VARIABLE]: JSON.stringify({ report, bail: job.bail }),
  };
  return runProcess(command, words, { cwd: request.cwd, env, limitMs: job.limitMs }).then((ended) => ({
    ...ended,
    units: readReport(report, job.name),
    family: diary.read(),
  }));
}
