import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { TryEvent } from '../../javascript/driver/verdict.ts';
import { createJournalReader, type FileState, type Ledger, type Worker } from './ledger.ts';
import type { AloneJob, Round } from './messages.ts';
import type { TestBed } from './open-vitest.ts';

const POLL_MS = 15;
/** What Vitest may take to notice that its workers are done, or that one is gone. */
const SETTLE_MS = 500;

/** What a series of rounds is given. */
export interface RoundFiles {
  /** Absolute path of the request. */
  readonly request: string;
  /** Absolute path of the file in which workers find what to do. */
  readonly round: string;
  reopen(): Promise<TestBed>;
}

type Work = Pick<Round, 'mode' | 'tries' | 'jobs'>;

/** Runs test files in Vitest, round after round, and sees to it that no worker hangs. */
export class Rounds {
  private readonly request: DriverRequest;
  private readonly ledger: Ledger;
  private readonly files: RoundFiles;
  private bed: TestBed;
  private running: Promise<unknown> = Promise.resolve();
  private count = 0;

  constructor(bed: TestBed, request: DriverRequest, ledger: Ledger, files: RoundFiles) {
    this.bed = bed;
    this.request = request;
    this.ledger = ledger;
    this.files = files;
  }

  /** Workers that ended before they were done. */
  async together(keys: readonly string[]): Promise<readonly Worker[]> {
    return (await this.run({ mode: 'together', tries: this.request.tries, jobs: [] }, keys)).lost;
  }

  /** One worker a job, all sure of what they say. */
  async alone(jobs: readonly AloneJob[]): Promise<void> {
    const work: Work = { mode: 'alone', tries: [], jobs };
    const { lost, hung } = await this.run(
      work,
      jobs.map(({ key }) => key),
    );
    for (const worker of lost) {
      const state = this.ledger.file(worker.key);
      this.ledger.settle(state, lostEvent(state, worker, hung.has(worker.pid)));
    }
    for (const { key, number } of jobs) {
      const state = this.ledger.file(key);
      if (state.settled.has(number) || this.ledger.killed.has(number)) continue;
      const event = lostEvent(state, { number }, false);
      this.ledger.settle(state, { ...event, status: 'error', unsure: 'it could not be tried' });
    }
  }

  /** Ends when all workers are done or gone, which Vitest may notice a good while later. */
  private async run(work: Work, keys: readonly string[]): Promise<{ lost: readonly Worker[]; hung: Set<number> }> {
    const { ledger } = this;
    await this.settle();
    const read = createJournalReader(this.open(work).journal);
    const hung = new Set<number>();
    ledger.workers.clear();
    let settled = false;
    // If a worker went down, which one and with what is in the journal.
    this.running = this.bed.vitest
      .runTestSpecifications(keys.flatMap((key) => this.bed.specifications.get(key) ?? []))
      .catch(() => {})
      .then(() => {
        settled = true;
      });
    for (let over = false; !over; ) {
      const start = performance.now();
      await Promise.race([this.running, delay(POLL_MS)]);
      // Where this process has to wait for the machine, so have the workers.
      ledger.forgive(Math.max(0, performance.now() - start - POLL_MS));
      over = settled;
      for (const message of read()) ledger.take(message);
      const workers = [...ledger.workers.values()];
      for (const worker of workers) if (!worker.closed && Date.now() > worker.deadline) end(worker.pid, hung);
      over ||= workers.length >= keys.length && workers.every((worker) => worker.closed || !isAlive(worker.pid));
    }
    for (const message of read()) ledger.take(message);
    return { lost: [...ledger.workers.values()].filter(({ closed }) => !closed), hung };
  }

  /** Vitest runs one round at a time; one that waits for what is gone is left to itself. */
  private async settle(): Promise<void> {
    const settled = await Promise.race([this.running.then(() => true), delay(SETTLE_MS)]);
    if (settled !== true) this.bed = await this.files.reopen();
  }

  private open(work: Work): Round {
    const { scratch } = this.request;
    this.count++;
    const claims = join(scratch, `claims-${this.count}`);
    const killed = join(scratch, 'killed');
    const met = join(scratch, 'met');
    for (const folder of [claims, killed, met]) mkdirSync(folder, { recursive: true });
    const round: Round = {
      ...work,
      ...{ claims, killed, met, request: this.files.request },
      journal: join(scratch, `journal-${this.count}.jsonl`),
    };
    writeFileSync(this.files.round, JSON.stringify(round));
    return round;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function end(pid: number, hung: Set<number>): void {
  try {
    process.kill(pid, 'SIGKILL');
    hung.add(pid);
  } catch {
    // It went down by itself; Vitest has not noticed yet.
  }
}

function lostEvent({ path }: FileState, { number }: Pick<Worker, 'number'>, hung: boolean): TryEvent {
  return {
    ...{ type: 'try', number, file: path, status: hung ? 'timeout' : 'killed', killedBy: [], ran: [], ms: 0 },
    message: hung ? 'the tests did not come to an end' : 'the test process went down with it',
  };
}
