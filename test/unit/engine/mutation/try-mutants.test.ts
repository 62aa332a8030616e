import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/engine/checks/check.ts';
import { createGraph } from '../../../../src/engine/graph/import-graph.ts';
import type { MutantJob, MutantRun, MutantRunner } from '../../../../src/engine/mutation/mutant-runner.ts';
import { type TrialDeps, type TrialOutcome, tryOnCheck } from '../../../../src/engine/mutation/try-mutants.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { mutantAt, numbered, testOf, tryOf } from './hand-made.ts';

const FILES = { 'src/a.ts': 'a', 'test/one.test.ts': 'one', 'test/two.test.ts': 'two' };
const TESTS = ['test/one.test.ts', 'test/two.test.ts'];
const ONE = testOf(TESTS[0] ?? '', 'one', [1, 2]);
const TWO = testOf(TESTS[1] ?? '', 'two', [1]);

/** Answers each job with what the test says, and remembers the jobs. */
function scripted(
  ...answers: readonly ((job: MutantJob) => MutantRun)[]
): MutantRunner & { readonly jobs: MutantJob[] } {
  const jobs: MutantJob[] = [];
  return {
    name: 'scripted',
    jobs,
    run: async (job) => {
      jobs.push(job);
      const answer = answers[Math.min(jobs.length, answers.length) - 1];
      if (answer === undefined) throw new Error('no answer');
      return answer(job);
    },
  };
}

function ran(more: Partial<MutantRun & { kind: 'ran' }>): MutantRun {
  return { kind: 'ran', tests: [ONE, TWO], loads: new Map(), tries: [], baselineMs: 10, ...more };
}

function checkWith(mutants: MutantRunner): Check {
  return {
    id: 'test:root',
    kind: 'test',
    tool: 'fake',
    scope: 'root',
    cwd: '',
    evidence: '',
    narrowing: 'affected',
    covers: (path) => path.startsWith('test/'),
    invoke: () => ({ kind: 'run', argv: ['fake'] }),
    parse: () => ({ kind: 'unparseable', reason: 'not used' }),
    config: [],
    executables: ['/bin/fake'],
    env: [],
    timeoutMs: 1000,
    retries: 0,
    mutants,
  };
}

const MUTANTS = numbered([mutantAt('src/a.ts', 1), mutantAt('src/a.ts', 2)]);

interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly store?: ReturnType<typeof memoryStore>;
  readonly enough?: number;
}

function depsOf({ files = FILES, store }: World): TrialDeps {
  const tree = memoryTree(files);
  const no = (): never => {
    throw new Error('not to be used');
  };
  const graph = {
    ...createGraph(
      tree.paths,
      tree.paths.map((path) => (path.endsWith('.ts') ? { edges: [], computed: false } : undefined)),
    ),
    references: no,
    resolve: no,
  };
  const digest = (text: string): string => text;
  const common = { tree, digest, env: () => undefined };
  const own = checkWith(scripted());
  const checks = [own, { ...own, id: 'test:other', covers: (path: string) => path.startsWith('other/') }];
  const toolbox = { nodeBin: no, pythonBin: no, onPath: no, nodePackageVersion: no, identity: () => 'fake-1' };
  return {
    ...common,
    root: '/r',
    processes: { run: no },
    clock: { now: () => 0, date: () => '' },
    cores: 2,
    absolute: (path) => `/r/${path}`,
    searchPath: () => '',
    createScratch: no,
    driver: no,
    openSandbox: () => Promise.reject(new Error('no sandbox')),
    cache: store === undefined ? undefined : { ...common, graph, checks, store, toolbox, ambient: '', version: '1' },
  };
}

function ask(runner: MutantRunner, tries: readonly number[], world: World = {}): Promise<TrialOutcome> {
  const inquiry = {
    relevant: { check: checkWith(runner), files: TESTS },
    sources: [],
    mutants: MUTANTS,
    enough: world.enough ?? MUTANTS.length,
    likely: () => [],
  };
  return tryOnCheck(inquiry, tries, depsOf(world), {}, new AbortController().signal);
}

function statuses(outcome: TrialOutcome): readonly string[] {
  if (outcome.kind !== 'heard') throw new Error(outcome.kind);
  return outcome.trial.testimony.tries.map(({ number, status }) => `${number} ${status}`).sort();
}

describe('trying mutants', () => {
  it('takes sure words as they are', async () => {
    const runner = scripted(() =>
      ran({ tries: [tryOf(1, TESTS[0] ?? '', 'killed'), tryOf(2, TESTS[0] ?? '', 'survived')] }),
    );
    expect(statuses(await ask(runner, [1, 2]))).toEqual(['1 killed', '2 survived']);
    expect(runner.jobs).toHaveLength(1);
  });

  it('asks again, alone and of the reaching files, where a word is unsure', async () => {
    const runner = scripted(
      () => ran({ tries: [tryOf(2, TESTS[0] ?? '', 'survived', { unsure: 'state' })] }),
      () => ran({ tries: [tryOf(2, TESTS[0] ?? '', 'killed')] }),
    );
    expect(statuses(await ask(runner, [2]))).toEqual(['2 killed']);
    expect(runner.jobs[1]).toMatchObject({ mode: 'alone', tries: [2], testFiles: [TESTS[0]] });
  });

  it('asks alone what is reached and was not tried', async () => {
    const runner = scripted(
      () => ran({ tests: [testOf(TESTS[0] ?? '', 'one', [])], loads: new Map([[TESTS[1] ?? '', [1]]]) }),
      () => ran({ tries: [tryOf(1, TESTS[1] ?? '', 'survived')] }),
    );
    expect(statuses(await ask(runner, [1]))).toEqual(['1 survived']);
    expect(runner.jobs[1]?.testFiles).toEqual([TESTS[1]]);
  });

  it('does not ask again what no test reaches', async () => {
    const runner = scripted(() => ran({ tests: [testOf(TESTS[0] ?? '', 'one', [])] }));
    expect(statuses(await ask(runner, [1]))).toEqual([]);
    expect(runner.jobs).toHaveLength(1);
  });

  it('leaves unjudged what cannot be confirmed', async () => {
    const runner = scripted(
      () => ran({ tries: [tryOf(1, TESTS[0] ?? '', 'survived', { unsure: 'state' })] }),
      () => ({ kind: 'unfit', reason: 'broken' }),
    );
    expect(statuses(await ask(runner, [1]))).toEqual(['1 error']);
  });
});

describe('what is known from before', () => {
  const both = (): MutantRun =>
    ran({
      tries: [
        tryOf(1, TESTS[0] ?? '', 'survived'),
        tryOf(2, TESTS[0] ?? '', 'killed'),
        tryOf(1, TESTS[1] ?? '', 'survived'),
      ],
    });

  it('answers without a run where nothing changed', async () => {
    const store = memoryStore();
    await ask(scripted(both), [1, 2], { store });
    const runner = scripted(both);
    const outcome = await ask(runner, [1, 2], { store });
    expect(runner.jobs).toEqual([]);
    expect(statuses(outcome)).toEqual(['1 survived', '1 survived', '2 killed']);
    expect(outcome).toMatchObject({ trial: { cached: true } });
  });

  it('asks only the changed test file, and only what is open', async () => {
    const store = memoryStore();
    await ask(scripted(both), [1, 2], { store });
    const runner = scripted(() => ran({ tests: [TWO], tries: [tryOf(1, TESTS[1] ?? '', 'killed')] }));
    const outcome = await ask(runner, [1, 2], { store, files: { ...FILES, 'test/two.test.ts': 'better' } });
    expect(runner.jobs[0]).toMatchObject({ testFiles: [TESTS[1]], tries: [1] });
    expect(statuses(outcome)).toEqual(['1 killed', '1 survived', '2 killed']);
  });

  it('asks again who killed, once that test file changed', async () => {
    const store = memoryStore();
    await ask(scripted(both), [1, 2], { store });
    const runner = scripted(() =>
      ran({ tests: [ONE], tries: [tryOf(1, TESTS[0] ?? '', 'survived'), tryOf(2, TESTS[0] ?? '', 'survived')] }),
    );
    const outcome = await ask(runner, [1, 2], { store, files: { ...FILES, 'test/one.test.ts': 'worse' } });
    expect(runner.jobs[0]).toMatchObject({ testFiles: [TESTS[0]], tries: [1, 2] });
    expect(statuses(outcome)).toEqual(['1 survived', '1 survived', '2 survived']);
  });

  it('asks the others about what a changed test file no longer notices', async () => {
    const store = memoryStore();
    await ask(
      scripted(() => ran({ tries: [tryOf(1, TESTS[0] ?? '', 'killed')] })),
      [1],
      { store },
    );
    const runner = scripted(
      () => ran({ tests: [ONE], tries: [tryOf(1, TESTS[0] ?? '', 'survived')] }),
      () => ran({ tests: [TWO], tries: [tryOf(1, TESTS[1] ?? '', 'killed')] }),
    );
    const outcome = await ask(runner, [1], { store, files: { ...FILES, 'test/one.test.ts': 'worse' } });
    expect(runner.jobs.map(({ testFiles }) => testFiles)).toEqual([[TESTS[0]], [TESTS[1]]]);
    expect(statuses(outcome)).toEqual(['1 killed', '1 survived']);
  });

  it('keeps what was found of other mutants when it asks further', async () => {
    const store = memoryStore();
    const killed = (number: number) => () => ran({ tries: [tryOf(number, TESTS[0] ?? '', 'killed')] });
    await ask(scripted(killed(1)), [1], { store });
    expect(statuses(await ask(scripted(killed(2)), [2], { store }))).toEqual(['1 killed', '2 killed']);
    const runner = scripted(both);
    await ask(runner, [1, 2], { store });
    expect(runner.jobs).toEqual([]);
  });

  it('asks no further mutants where enough are known', async () => {
    const store = memoryStore();
    await ask(
      scripted(() => ran({ tries: [tryOf(1, TESTS[0] ?? '', 'killed')] })),
      [1, 2],
      { store, enough: 1 },
    );
    const runner = scripted(both);
    await ask(runner, [1, 2], { store, enough: 1 });
    expect(runner.jobs).toEqual([]);
  });

  it.each([
    [true, [1, 2]],
    [undefined, [1]],
  ] as const)('offers mutants to spare only to who chooses: %s', async (chooses, tries) => {
    const runner = scripted(both);
    await ask({ ...runner, ...(chooses === undefined ? {} : { chooses }) }, [1, 2], { enough: 1 });
    expect(runner.jobs[0]).toMatchObject({ tries, enough: 1 });
  });

  it('does not confirm more than are wanted', async () => {
    const unsure = { unsure: 'state' };
    const runner = scripted(
      () => ran({ tries: [1, 2].map((number) => tryOf(number, TESTS[0] ?? '', 'survived', unsure)) }),
      () => ran({ tries: [tryOf(1, TESTS[0] ?? '', 'killed')] }),
    );
    await ask({ ...runner, chooses: true }, [1, 2], { enough: 1 });
    expect(runner.jobs.map(({ tries }) => tries)).toEqual([[1, 2], [1]]);
  });

  it.each([
    ['code of another check', 'other/three.test.ts', 0],
    ['data of another check', 'other/three.json', 1],
    ['what no check covers', 'three.ts', 1],
  ])('is kept or forgotten when something else changes: %s', async (_, path, asked) => {
    const store = memoryStore();
    const first = scripted(() => ran({ tries: [tryOf(1, TESTS[0] ?? '', 'killed')] }));
    await ask(first, [1], { store, files: { ...FILES, [path]: 'before' } });
    const second = scripted(() => ran({ tries: [tryOf(1, TESTS[0] ?? '', 'killed')] }));
    await ask(second, [1], { store, files: { ...FILES, [path]: 'after' } });
    expect(second.jobs).toHaveLength(asked);
  });

  it.each([
    ['compile-error', [TESTS[1]]],
    ['survived', TESTS],
  ] as const)('asks only the changed test file where what is said of all is %s', async (status, asked) => {
    const store = memoryStore();
    await ask(
      scripted(() => ran({ tries: [tryOf(1, '', status), tryOf(2, TESTS[0] ?? '', 'survived')] })),
      [1, 2],
      { store },
    );
    const runner = scripted(() => ran({ tests: [TWO], tries: [tryOf(1, '', status)] }));
    await ask(runner, [1, 2], { store, files: { ...FILES, 'test/two.test.ts': 'better' } });
    expect(runner.jobs[0]?.testFiles).toEqual(asked);
  });

  it('is forgotten when the source changes', async () => {
    const store = memoryStore();
    await ask(scripted(both), [1, 2], { store });
    const runner = scripted(both);
    await ask(runner, [1, 2], { store, files: { ...FILES, 'src/a.ts': 'other' } });
    expect(runner.jobs[0]?.testFiles).toEqual(TESTS);
  });

  it('does not hold what could not be judged', async () => {
    const store = memoryStore();
    await ask(
      scripted(() => ran({ tries: [tryOf(2, TESTS[0] ?? '', 'error')] })),
      [2],
      { store },
    );
    const runner = scripted(both);
    await ask(runner, [2], { store });
    expect(runner.jobs[0]?.testFiles).toEqual([TESTS[0]]);
  });
});
