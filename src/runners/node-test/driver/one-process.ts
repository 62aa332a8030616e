import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { timeLimit } from '../../javascript/driver/switchboard.ts';
import type { Settings } from './fresh.ts';
import { PREPARE_VARIABLE, type PrepareJob } from './prepared.ts';
import { runProcess } from './process.ts';
import { REPORT_VARIABLE } from './report.ts';

/** What a worker said of a test file before it ended, one way or another. */
export interface Said {
  /** Undefined where its tests cannot be run so. */
  readonly dryMs: number | undefined;
  readonly events: readonly DriverEvent[];
}

let count = 0;

/** Runs a test file again and again in one process, with one mutant after the other in force. */
export async function runInOneProcess(
  request: DriverRequest,
  path: string,
  file: string,
  tries: readonly number[],
): Promise<Said> {
  const { program, flags } = request.settings as unknown as Settings;
  count += 1;
  const own = count;
  const at = (name: string): string => join(request.scratch, `worker-${own}-${name}.jsonl`);
  const drivers = dirname(fileURLToPath(import.meta.url));
  const job: PrepareJob = { request: path, drivers, diary: at('diary') };
  const reporter = [
    '--test-reporter',
    `file://${drivers}/node-test-reporter.mjs`,
    '--test-reporter-destination',
    'stdout',
  ];
  const worker = [join(drivers, 'node-test-worker.mjs'), file, at('events'), ...tries.map(String)];
  const [command = process.execPath, ...words] = [...program, ...flags, ...reporter, ...worker];
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require=${drivers}/node-test-prepare.cjs ${process.env['NODE_OPTIONS'] ?? ''}`.trim(),
    [PREPARE_VARIABLE]: JSON.stringify(job),
    [REPORT_VARIABLE]: JSON.stringify({ report: at('report'), bail: false }),
  };
  const isStuck = createWatch(at('events'), request);
  await runProcess(command, words, { cwd: request.cwd, env, isStuck });
  const events = eventsIn(at('events'));
  const dry = events.find((event) => event.type === 'dry');
  return { dryMs: dry?.type === 'dry' ? dry.ms : undefined, events };
}

/** After the first run, something has to be told each time the tests could have been run three times. */
function createWatch(file: string, { limits }: DriverRequest): () => boolean {
  let told = 0;
  let since = performance.now();
  return () => {
    const events = eventsIn(file);
    if (events.length > told) since = performance.now();
    told = events.length;
    const dry = events.find((event) => event.type === 'dry');
    return dry?.type === 'dry' && performance.now() - since > 3 * timeLimit(limits, dry.ms);
  };
}

function eventsIn(file: string): readonly DriverEvent[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as DriverEvent);
  } catch {
    // It has not begun.
    return [];
  }
}
