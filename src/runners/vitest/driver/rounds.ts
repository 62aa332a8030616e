import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { TryEvent } from '../../javascript/driver/verdict.ts';
import { createJournalReader, type FileState, type Ledger, type Worker } from './ledger.ts';
import { type AloneJob, keyOf, type Round } from './messages.ts';
import type { Specification, Vitest } from './open-vitest.ts';

const POLL_MS = 50;

/** Runs test files in Vitest, round after round, and sees to it that no worker hangs. */
export class Rounds {
  private readonly vitest: Vitest;
  private readonly request: DriverRequest;
  private readonly requestFile: string;
  private readonly ledger: Ledger;
  private readonly file: string;
  private count = 0;

  /** `file` is where workers look for what to do, `requestFile` where the request is. */
  constructor(vitest: Vitest, request: DriverRequest, requestFile: string, ledger: Ledger, file: string) {
    this.vitest = vitest;
    this.request = request;
    this.requestFile = requestFile;
    this.ledger = ledger;
    this.file = file;
  }

  /** Workers that ended before they were done. */
  async together(specifications: readonly Specification[]): Promise<readonly Worker[]> {
    return (await this.run({ mode: 'together', tries: this.request.tries, jobs: [] }, specifications)).lost;
  }

  /** One worker a job, all sure of what they say. */
  async alone(jobs: readonly AloneJob[], specifications: readonly Specification[]): Promise<void> {
    const byKey = new Map(specifications.map((specification) => [keyOfSpecification(specification), specification]));
    const wanted = jobs.flatMap(({ key }) => byKey.get(key) ?? []);
    const { lost, hung } = await this.run({ mode: 'alone', tries: [], jobs }, wanted);
    for (const worker of lost) {
      const state = this.ledger.file(worker.key);
      this.ledger.settle(state, lostEvent(state, worker, hung.has(worker.pid)));
    }
    for (const { key, number } of jobs) {
      const state = this.ledger.file(key);
      if (state.settled.has(number) || this.ledger.killed.has(number)) continue;
      this.ledger.settle(state, {
        ...lostEvent(state, { number }, false),
        status: 'error',
        unsure: 'it could not be tried',
      });
    }
  }

  private async run(
    work: Pick<Round, 'mode' | 'tries' | 'jobs'>,
    specifications: readonly Specification[],
  ): Promise<{ readonly lost: readonly Worker[]; readonly hung: ReadonlySet<number> }> {
    const { ledger, vitest } = this;
    const round = this.open(work);
    const read = createJournalReader(round.journal);
    const hung = new Set<number>();
    ledger.workers.clear();
    const look = (): void => {
      for (const message of read()) ledger.take(message);
      for (const worker of ledger.workers.values())
        if (!worker.closed && Date.now() > worker.deadline && !hung.has(worker.pid)) end(worker.pid, hung);
    };
    const timer = setInterval(look, POLL_MS);
    try {
      await vitest.runTestSpecifications(specifications);
    } finally {
      clearInterval(timer);
      look();
    }
    return { lost: [...ledger.workers.values()].filter(({ closed }) => !closed), hung };
  }

  private open(work: Pick<Round, 'mode' | 'tries' | 'jobs'>): Round {
    const { scratch } = this.request;
    this.count++;
    const claims = join(scratch, `claims-${this.count}`);
    const killed = join(scratch, 'killed');
    for (const folder of [claims, killed]) mkdirSync(folder, { recursive: true });
    const round: Round = {
      ...work,
      ...{ claims, killed, request: this.requestFile },
      journal: join(scratch, `journal-${this.count}.jsonl`),
    };
    writeFileSync(this.file, JSON.stringify(round));
    return round;
  }
}

function end(pid: number, hung: Set<number>): void {
  hung.add(pid);
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself just now.
  }
}

function lostEvent({ path }: FileState, { number }: Pick<Worker, 'number'>, hung: boolean): TryEvent {
  return {
    ...{ type: 'try', number, file: path, status: hung ? 'timeout' : 'killed', killedBy: [], ran: [], ms: 0 },
    message: hung ? 'the tests did not come to an end' : 'the test process went down with it',
  };
}

export function keyOfSpecification({ project, moduleId }: Specification): string {
  return keyOf(project.name, moduleId);
}
