import { describe, expect, it } from 'vitest';
import { Confirmations } from '../../../../src/engine/mutation/confirm-tries.ts';
import type {
  MutantDeps,
  MutantJob,
  MutantRun,
  MutantRunner,
  Try,
} from '../../../../src/engine/mutation/mutant-runner.ts';
import type { Testimony } from '../../../../src/engine/mutation/verdict.ts';
import { testOf, tryOf } from './hand-made.ts';

const FILE = 'test/one.test.ts';

/** A runner whose answers come when the test lets them. */
class Stage {
  readonly begun: number[] = [];
  running = 0;
  most = 0;
  readonly #open = new Map<number, (status: Try['status']) => void>();

  runner(serial: boolean): MutantRunner {
    return {
      name: 'staged',
      ...(serial ? { serial: true } : {}),
      run: async ({ tries: [number = 0] }): Promise<MutantRun> => {
        this.begun.push(number);
        this.running += 1;
        this.most = Math.max(this.most, this.running);
        const status = await new Promise<Try['status']>((resolve) => this.#open.set(number, resolve));
        this.running -= 1;
        return { kind: 'ran', tests: [], loads: new Map(), tries: [tryOf(number, FILE, status)], baselineMs: 1 };
      },
    };
  }

  async answer(number: number, status: Try['status']): Promise<void> {
    await settled();
    const open = this.#open.get(number);
    if (open === undefined) throw new Error(`${number} is not asked; asked are ${this.begun.join()}`);
    this.#open.delete(number);
    open(status);
    await settled();
  }
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function confirmations(stage: Stage, { serial = false, cores = 2 } = {}) {
  const tries = [1, 2, 3];
  const check = { mutants: stage.runner(serial) };
  const job = { check, testFiles: [FILE], sources: [], tries, enough: 3, mode: 'together', likely: new Map() };
  return new Confirmations(job as unknown as MutantJob, { cores } as MutantDeps, {}, new AbortController().signal);
}

const HEARD = { tests: [testOf(FILE, 'one', [1, 2, 3])], loads: new Map(), baselineMs: 1 };

function testimony(...tries: readonly Try[]): Testimony {
  return { tests: HEARD.tests, loads: HEARD.loads, tries, coverage: 'known' };
}

const inDoubt = (number: number): Try => tryOf(number, FILE, 'survived', { unsure: 'state' });
const sure = (number: number): Try => tryOf(number, FILE, 'killed');

async function told(settling: Promise<Testimony | undefined>): Promise<readonly string[] | undefined> {
  return (await settling)?.tries.map(({ number, status }) => `${number} ${status}`).sort();
}

describe('what is told to be in doubt while others are tried', () => {
  it('is asked at once, and not again at the end', async () => {
    const stage = new Stage();
    const asked = confirmations(stage);
    void asked.begin(1, HEARD);
    await stage.answer(1, 'survived');
    const settling = asked.settle(testimony(inDoubt(1), sure(2), sure(3)), 1, 'staged');
    expect(await told(settling)).toEqual(['1 survived', '2 killed', '3 killed']);
    expect(stage.begun).toEqual([1]);
  });

  it('counts for nothing where it is settled after all', async () => {
    const stage = new Stage();
    const asked = confirmations(stage);
    void asked.begin(1, HEARD);
    await stage.answer(1, 'survived');
    expect(await told(asked.settle(testimony(sure(1), sure(2), sure(3)), 1, 'staged'))).toEqual([
      '1 killed',
      '2 killed',
      '3 killed',
    ]);
  });

  it('leaves a core to the run that tells of it, and takes all once that is over', async () => {
    const stage = new Stage();
    const asked = confirmations(stage);
    for (const number of [1, 2, 3]) void asked.begin(number, HEARD);
    await settled();
    expect(stage.begun).toEqual([1]);
    const settling = asked.settle(testimony(inDoubt(1), inDoubt(2), inDoubt(3)), 1, 'staged');
    await settled();
    expect(stage.begun).toEqual([1, 2]);
    for (const number of [1, 2, 3]) await stage.answer(number, 'survived');
    expect(await told(settling)).toEqual(['1 survived', '2 survived', '3 survived']);
    expect(stage.most).toBe(2);
  });

  it('is not begun once nobody waits for it', async () => {
    const stage = new Stage();
    const asked = confirmations(stage);
    void asked.begin(1, HEARD);
    void asked.begin(2, HEARD);
    await settled();
    asked.dispose();
    await stage.answer(1, 'survived');
    expect(stage.begun).toEqual([1]);
  });
});

describe('tests that run one after the other', () => {
  it('are asked again by themselves where they noticed something beside others', async () => {
    const stage = new Stage();
    const asked = confirmations(stage, { serial: true });
    void asked.begin(1, HEARD);
    await stage.answer(1, 'killed');
    const settling = asked.settle(testimony(inDoubt(1), sure(2), sure(3)), 1, 'staged');
    await stage.answer(1, 'survived');
    expect(await told(settling)).toEqual(['1 survived', '2 killed', '3 killed']);
    expect(stage.begun).toEqual([1, 1]);
  });

  it('are asked by themselves about what was not tried at all', async () => {
    const stage = new Stage();
    const settling = confirmations(stage, { serial: true }).settle(testimony(sure(3)), 1, 'staged');
    await stage.answer(1, 'killed');
    await stage.answer(2, 'killed');
    expect(await told(settling)).toEqual(['1 killed', '2 killed', '3 killed']);
    expect(stage.most).toBe(1);
  });

  it('are believed at once where they run beside each other anyway', async () => {
    const stage = new Stage();
    const settling = confirmations(stage).settle(testimony(inDoubt(1), sure(3)), 1, 'staged');
    await stage.answer(1, 'killed');
    await stage.answer(2, 'killed');
    expect(await told(settling)).toEqual(['1 killed', '2 killed', '3 killed']);
    expect(stage.begun).toEqual([1, 2]);
  });
});
