import type { DriverEvent, DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Tell } from '../../javascript/driver/request.ts';
import { Ledger } from './ledger.ts';
import type { AloneJob } from './messages.ts';
import type { Rounds } from './rounds.ts';

/** All that is done for one request: the rounds that are needed, and what is said of them. */
export class Session {
  private readonly request: DriverRequest;
  private readonly tell: Tell<DriverEvent>;
  private readonly keys: readonly string[];
  private readonly ledger: Ledger;
  private readonly rounds: Rounds;
  /** Of the mutants that the tests reach, as many as are asked for. */
  private wanted: readonly number[] = [];

  constructor(
    request: DriverRequest,
    tell: Tell<DriverEvent>,
    keys: readonly string[],
    openRounds: (ledger: Ledger) => Rounds,
  ) {
    this.request = request;
    this.tell = tell;
    this.keys = keys;
    this.ledger = new Ledger(tell);
    this.rounds = openRounds(this.ledger);
  }

  async run(): Promise<void> {
    const over = this.request.mode === 'alone' ? await this.alone() : await this.together();
    this.tell(over);
  }

  private async together(): Promise<DriverEvent> {
    const { ledger } = this;
    for (const worker of await this.rounds.together(this.keys)) {
      const state = ledger.file(worker.key);
      if (state.first === undefined) return { type: 'unfit', reason: 'a test process goes down without a mutant' };
      for (const number of state.reached) if (!state.settled.has(number)) state.deferred.add(number);
    }
    const files = [...ledger.files.values()];
    const isReached = (number: number): boolean =>
      files.some(({ reached, outside }) => outside !== undefined || reached.has(number));
    this.wanted = this.request.tries.filter(isReached).slice(0, this.request.enough);
    if (files.length < this.keys.length && !ledger.failed)
      return { type: 'unfit', reason: 'some test files were not run' };
    this.tell({ type: 'dry', ms: files.reduce((sum, { first }) => sum + (first?.ms ?? 0), 0) });
    if (ledger.failed) return { type: 'end' };
    this.doubtOutside();
    ledger.tellLoads();
    await this.confirm();
    return { type: 'end' };
  }

  /** What runs outside of the tests' process runs without a mutant, and without being counted. */
  private doubtOutside(): void {
    for (const state of this.ledger.files.values()) {
      if (state.outside === undefined) continue;
      for (const number of this.wanted) {
        if (this.ledger.killed.has(number)) continue;
        state.loaded.add(number);
        const unsure = `its tests ${state.outside}`;
        const common = {
          type: 'try',
          number,
          file: state.path,
          status: 'survived',
          killedBy: [],
          ran: [],
          ms: 0,
        } as const;
        this.ledger.settle(state, { ...common, unsure });
      }
    }
  }

  /** Tries alone what could not be told together: each mutant in one test file, then in two more, then in four more. */
  private async confirm(): Promise<void> {
    for (let width = 1; ; width *= 2) {
      const jobs = this.wanted.flatMap((number) => this.jobsOf(number).slice(0, width));
      if (jobs.length === 0) return;
      await this.rounds.alone(jobs);
    }
  }

  private jobsOf(number: number): readonly AloneJob[] {
    const { ledger } = this;
    if (ledger.killed.has(number)) return [];
    return [...ledger.files.values()]
      .filter(({ deferred }) => deferred.has(number))
      .map(({ key, first }) => ({ key, number, ...(first === undefined ? {} : { first }) }));
  }

  private async alone(): Promise<DriverEvent> {
    const [number] = this.request.tries;
    if (number === undefined) return { type: 'end' };
    const jobs = this.keys.map((key) => ({ key, number }));
    await this.rounds.alone(jobs);
    const outside = [...this.ledger.files.values()].find((state) => state.outside !== undefined)?.outside;
    if (outside !== undefined && !this.ledger.killed.has(number))
      return { type: 'unfit', reason: `its tests ${outside}` };
    return { type: 'end' };
  }
}
