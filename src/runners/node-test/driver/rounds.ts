import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { DriverLimits } from '../../../engine/mutation/driver-protocol.ts';
import type { Heard, Round } from '../../javascript/driver/court.ts';
import type { Diary } from '../../javascript/driver/diary.ts';
import { instructFamily } from '../../javascript/driver/family.ts';
import { type Measure, type Switchboard, timeLimit } from '../../javascript/driver/switchboard.ts';
import { Account, type Unit } from './account.ts';
import type { NodeTest } from './intercept.ts';
import type { Director, Registry } from './registry.ts';
import { type Reported, unitsOf } from './report.ts';

// Tests replace them.
const { setTimeout } = globalThis;
const { exit } = process;

interface Workplace {
  readonly real: NodeTest;
  readonly registry: Registry;
  readonly board: Switchboard;
  readonly diary: Diary;
  readonly limits: DriverLimits;
  /** As ids have it. */
  readonly file: string;
  /** Where the reporter writes. */
  readonly report: string;
}

export interface HeardRound extends Heard<Unit> {
  readonly account: Account;
  readonly results: ReadonlyMap<string, Pick<Reported, 'status' | 'ms' | 'message'>>;
}

/** Runs the registered tests of one file again and again, each time as a suite of Node's own. */
export class Rounds {
  private readonly at: Workplace;
  private first: HeardRound | undefined;
  private account: Account | undefined;
  private count = 0;
  private offset = 0;

  constructor(workplace: Workplace) {
    this.at = workplace;
    // In a process of its own this makes the whole file red, whichever tests have passed.
    process.on('unhandledRejection', () => this.account?.fail());
    process.on('uncaughtExceptionMonitor', () => this.account?.fail());
  }

  /** The first is what all others are held against. */
  async run(round: Round<Unit>): Promise<HeardRound> {
    const account = new Account(this.at, round.number, (unit) => this.measureOf(unit));
    this.account = account;
    instructFamily(round.number);
    this.count += 1;
    const name = `downforce ${this.count}`;
    const failed: Unit[] = [];
    const ran = new Set<Unit>();
    const director = this.directorOf(round, account, ran, failed);
    const { suite } = this.at.real;
    (suite as (name: string, fn: () => void) => unknown)(name, () => this.at.registry.replay(director));
    const reported = await this.endOf(name);
    account.end();
    this.account = undefined;
    const heard = this.hear(account, ran, failed, reported, round.tests);
    this.first ??= heard;
    return heard;
  }

  /** From now on a test that ends the process does not, and what it did is told. */
  keepAlive(): void {
    process.exit = (code) => {
      if (this.account === undefined) return exit.call(process, code) as never;
      this.account.notice('it ends the process');
      throw new Error(`process.exit(${code ?? ''})`);
    };
  }

  notice(what: string): boolean {
    this.account?.notice(what);
    return this.account !== undefined;
  }

  private directorOf(round: Round<Unit>, account: Account, ran: Set<Unit>, failed: Unit[]): Director {
    const { first } = this;
    return {
      selected: round.tests,
      isOver: () => round.bail && failed.length > 0,
      timeoutOf: (unit) =>
        first === undefined ? undefined : Math.ceil(timeLimit(this.at.limits, first.attemptOf(unit).ms)),
      onUnit: (unit) => {
        ran.add(unit);
        account.enterUnit(unit);
      },
      onHook: (kind) => account.enterHook(kind),
      onFailure: (unit) => failed.push(unit),
    };
  }

  /** What is done for many is held against everything. */
  private measureOf(unit: Unit | undefined): Measure | undefined {
    if (this.first === undefined) return undefined;
    const first = unit === undefined ? this.first.account.total() : this.first.attemptOf(unit);
    return { first, limits: this.at.limits };
  }

  private hear(
    account: Account,
    ran: ReadonlySet<Unit>,
    failed: readonly Unit[],
    reported: readonly Reported[],
    tests: ReadonlySet<Unit> | undefined,
  ): HeardRound {
    const { registry, file } = this.at;
    const units = unitsOf(reported, file);
    const results = new Map(units.map((unit) => [unit.id, unit]));
    const culprits = units.filter(({ status }) => status === 'fail');
    const known = culprits.flatMap(({ id }) => registry.units.get(id) ?? []).filter((unit) => tests?.has(unit) ?? true);
    const cutOff = [...ran].find((unit) => account.runOf(unit).cutOff);
    // A suite's own hooks fail for all its tests.
    const whole = culprits.length > 0 ? [...(tests ?? registry.units.values())][0] : undefined;
    const culprit = failed[0] ?? known[0] ?? cutOff ?? whole;
    return {
      account,
      results,
      ran,
      culprit,
      noticeOf: (unit) =>
        account.noticeOf(unit) ??
        (culprit === undefined && account.hasFailed ? 'something fails after its test has ended' : undefined),
      attemptOf: (unit) => {
        const message = results.get(unit.id)?.message ?? culprits[0]?.message;
        const passed = unit !== culprit && results.get(unit.id)?.status !== 'fail';
        return { ...account.runOf(unit), passed, ...(passed || message === undefined ? {} : { message }) };
      },
    };
  }

  /** What was reported of a round, when all of it was. */
  private async endOf(name: string): Promise<readonly Reported[]> {
    const lines: Reported[] = [];
    for (;;) {
      lines.push(...this.news());
      if (lines.some(({ path }) => path.length === 1 && path[0] === name))
        return (
          lines
            // The hooks of the file are the round's own.
            .filter(({ path, status }) => path[0] === name && (path.length > 1 || status === 'fail'))
            .map((line) => ({ ...line, path: line.path.slice(1) }))
        );
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  private news(): readonly Reported[] {
    const file = openSync(this.at.report, 'a+');
    const length = fstatSync(file).size - this.offset;
    const buffer = Buffer.alloc(length);
    readSync(file, buffer, 0, length, this.offset);
    closeSync(file);
    this.offset += length;
    const lines = buffer.toString('utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Reported);
  }
}
