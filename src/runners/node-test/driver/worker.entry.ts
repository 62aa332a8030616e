/*
 * Runs one test file of node:test in this process: once as it is, then with mutants in force. Arguments: the request, the test file, where to
 * write events, numbers of the mutants to try.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Court } from '../../javascript/driver/court.ts';
import { Generations } from '../../javascript/driver/generations.ts';
import { stateOf, surroundingsOf } from '../../javascript/driver/module-state.ts';
import { createPlaces } from '../../javascript/driver/places.ts';
import { openEvents } from '../../javascript/driver/request.ts';
import { nameOf } from './files.ts';
import { interceptNodeTest, realNodeTest } from './intercept.ts';
import { PREPARED, type Prepared } from './prepared.ts';
import { Registry } from './registry.ts';
import { createReload } from './reload.ts';
import { REPORT_VARIABLE } from './report.ts';
import { Rounds } from './rounds.ts';
import { NodeStage } from './stage.ts';

const { exit } = process;
const [file = '', events = '', ...numbers] = process.argv.slice(2);
const { request, board, diary, notes, watch }: Prepared = Reflect.get(globalThis, PREPARED);
const tell = openEvents(events);
const name = nameOf(request, file);
const registry = new Registry(name);
const { report } = JSON.parse(process.env[REPORT_VARIABLE] ?? '{}') as { report: string };

interceptNodeTest(registry, new URL('./node-test-shim.mjs', import.meta.url).href);
const generations = new Generations(request.root, dirname(fileURLToPath(import.meta.url)));
process.argv.splice(1, process.argv.length, file);
await generations.load(file);
await judge();
exit.call(process, 0);

async function judge(): Promise<void> {
  const places = createPlaces(request.sources);
  const below = diary.read();
  notes.push(...below.notes);
  const load = board.stop();
  const loads = load.hits.map((count, place) => count + (below.hits[place] ?? 0));
  const rounds = new Rounds({
    real: realNodeTest,
    registry,
    board,
    diary,
    limits: request.limits,
    file: name,
    report,
  });
  watch((what) => rounds.notice(what));
  const state = stateOf(globalThis);
  const surroundings = surroundingsOf(globalThis);
  const first = await rounds.run({ number: 0, tests: undefined, bail: false });
  const stage = new NodeStage(rounds, first, registry, places, {
    file,
    loads,
    reload: createReload({
      file,
      board,
      diary,
      registry,
      generations,
      measure: { first: load, limits: request.limits },
    }),
    state,
    surroundings,
    notes,
  });
  const reason =
    registry.unfit ??
    (first.culprit === undefined && first.ran.size > 0 ? undefined : 'not as in a process of its own');
  if (reason !== undefined) {
    tell({ type: 'unfit', reason });
    return;
  }
  for (const event of stage.events()) tell(event);
  tell({ type: 'dry', ms: performance.now() });
  rounds.keepAlive();
  await new Court(stage, places, tell).hear({ ...request, tries: numbers.map(Number) });
  tell({ type: 'end' });
}
