import { Diary } from '../../javascript/driver/diary.ts';
import { foundFamily } from '../../javascript/driver/family.ts';
import { readRequest } from '../../javascript/driver/request.ts';
import { serveModules, substitutesOf } from '../../javascript/driver/serve-modules.ts';
import { installSwitchboard } from '../../javascript/driver/switchboard.ts';
import { watchReads } from '../../javascript/driver/watch-reads.ts';
import { PREPARE_VARIABLE, PREPARED, type Prepared, type PrepareJob } from './prepared.ts';

/** Only in the process that runs the worker: a program before it (tsx) passes the environment on. */
export function prepare(): void {
  const told = process.env[PREPARE_VARIABLE];
  if (told === undefined || !(process.argv[1] ?? '').endsWith('node-test-worker.mjs')) return;
  delete process.env[PREPARE_VARIABLE];
  const job = JSON.parse(told) as PrepareJob;
  const request = readRequest(job.request);
  const substitutes = substitutesOf(request.sources);
  const notes: string[] = [];
  let notice: (what: string) => boolean = () => false;
  watchReads(new Set(substitutes.keys()), (what) => {
    if (!notice(what)) notes.push(what);
  });
  serveModules(substitutes, { url: `file://${job.drivers}/javascript-loader.mjs`, data: job.request });
  const diary = new Diary(job.diary, request.mutants);
  process.env['NODE_OPTIONS'] = (process.env['NODE_OPTIONS'] ?? '')
    .split(`--require=${job.drivers}/node-test-prepare.cjs`)
    .join('')
    .trim();
  foundFamily({ request: job.request, drivers: job.drivers, number: 0, diary: job.diary });
  const prepared: Prepared = {
    request,
    board: installSwitchboard(globalThis, request.mutants),
    diary,
    notes,
    watch: (next) => {
      notice = next;
    },
  };
  Object.assign(globalThis, { [PREPARED]: prepared });
}
