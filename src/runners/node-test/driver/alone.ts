import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import { filesOf, nameOf } from './files.ts';
import { type FreshJob, type FreshRun, runFresh } from './fresh.ts';

type TryEvent = DriverEvent & { readonly type: 'try' };

/** One mutant against the test files asked for, one after the other until one fails. */
export async function runAlone(request: DriverRequest, path: string, tell: Tell<DriverEvent>): Promise<void> {
  const [number = 0] = request.tries;
  for (const file of filesOf(request)) {
    tell({ type: 'begin', number, file });
    const event = await tryFresh(request, path, { file, name: nameOf(request, file), number });
    if (event.unsure !== undefined) {
      tell({ type: 'unfit', reason: event.unsure });
      return;
    }
    tell(event);
    if (event.status !== 'survived') return;
  }
}

/** A try in a process of its own: nothing can have gone before it. */
export async function tryFresh(request: DriverRequest, path: string, job: Omit<FreshJob, 'bail'>): Promise<TryEvent> {
  return concludeFresh(await runFresh(request, path, { ...job, bail: true }), job);
}

function concludeFresh(run: FreshRun, { number, file, name }: Omit<FreshJob, 'bail'>): TryEvent {
  const failed = run.units.filter(({ status }) => status === 'fail');
  const status = run.end === 'timeout' ? 'timeout' : run.end === 'failed' || failed.length > 0 ? 'killed' : 'survived';
  const [doubt] = run.family.notes;
  const ids = run.units.filter((unit) => unit.status !== 'skip').map(({ id }) => id);
  const killedBy = failed.length === 0 && status !== 'survived' ? [name] : failed.map(({ id }) => id);
  const message = failed[0]?.message ?? (status === 'survived' ? undefined : lastLine(run));
  return {
    type: 'try',
    number,
    file,
    status,
    killedBy: status === 'survived' ? [] : killedBy,
    ran: ids.length > 0 ? ids : [name],
    ms: run.ms,
    ...(message === undefined ? {} : { message }),
    // No try in a process can tell: a copy of the tree is needed.
    ...(status === 'survived' && doubt !== undefined ? { unsure: doubt } : {}),
  };
}

function lastLine({ output, end }: FreshRun): string {
  if (end === 'timeout') return 'the test process did not come to an end';
  return output.trim().split('\n').at(-1) ?? 'the test process failed';
}
