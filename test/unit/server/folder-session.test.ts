import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpectedError } from '../../../src/engine/errors.ts';
import { FakeWorld, finding, OPTIONS, PASSED, result } from './fake-session.ts';

const REST = 150;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A session whose first loop runs. */
async function started(): Promise<FakeWorld> {
  const world = new FakeWorld();
  world.session.lookAgain();
  await pass(REST);
  return world;
}

async function green(): Promise<FakeWorld> {
  const world = await started();
  world.last.end();
  await pass(1);
  world.last.end();
  await pass(1);
  return world;
}

const stages = (world: FakeWorld): readonly string[] => world.runs.map(({ stage }) => stage);

describe('a folder at rest', () => {
  it.each([
    [['lint'], 0],
    [['test', 'lint', 'test'], 2],
  ] as const)('tells how many of its checks run tests: %j', async (kinds, tests) => {
    const world = new FakeWorld();
    world.kinds = kinds;
    expect(world.session.state.tests).toBeUndefined();
    world.session.lookAgain();
    await pass(REST);
    expect(world.session.state).toMatchObject({ tests, branch: 'topic' });
    world.broken = new Error('gone');
    world.session.lookAgain();
    await pass(REST);
    expect(world.session.state.tests).toBeUndefined();
  });

  it('runs the loop, and the mutants after a green one', async () => {
    const world = await green();
    expect(stages(world)).toEqual(['loop', 'mutate']);
    expect(world.session.state.stages.mutate.status).toBe('passed');
  });

  it('shows what the gate said of this very tree elsewhere, until that changes', async () => {
    const world = new FakeWorld();
    world.verdict = { ...PASSED, at: '2026-01-01T00:00:00.000Z' };
    world.session.lookAgain();
    await pass(REST);
    expect(world.session.state.stages.gate).toMatchObject({ status: 'passed', at: '2026-01-01T00:00:00.000Z' });
    expect(stages(world)).toEqual(['loop']);
    world.verdict = undefined;
    world.tree = 'other';
    world.session.lookAgain();
    await pass(REST);
    expect(world.session.state.stages.gate.status).toBe('stale');
  });

  it('goes on with a loop whose tree has not changed, whatever files its tests write', async () => {
    const world = await started();
    world.session.lookAgain();
    await pass(REST);
    expect(world.last.signal.aborted).toBe(false);
    expect(stages(world)).toEqual(['loop']);
    world.last.end();
    await pass(1);
    expect(stages(world)).toEqual(['loop', 'mutate']);
  });

  it('ends a loop of what is no longer so, and begins anew', async () => {
    const world = await started();
    world.tree = 'two';
    world.session.lookAgain();
    await pass(REST);
    expect(world.runs.map(({ tree, signal }) => [tree, signal.aborted])).toEqual([
      ['one', true],
      ['two', false],
    ]);
  });

  it('runs one thing at a time, though it takes long to read the repository', async () => {
    const world = new FakeWorld();
    world.openMs = 500;
    world.session.lookAgain();
    await pass(REST);
    void world.session.run({ stage: 'loop', only: [] });
    await pass(1000);
    expect(world.runs.filter(({ signal }) => !signal.aborted)).toHaveLength(1);
  });

  it('notices that the base has moved though no file has', async () => {
    const world = await green();
    world.base = 'newer';
    world.session.lookAgain();
    await pass(REST);
    expect(stages(world)).toEqual(['loop', 'mutate', 'loop']);
  });

  it('begins when there is a repository at last', async () => {
    const world = new FakeWorld();
    world.broken = new ExpectedError('git/none', 'no repository', 'git init');
    world.session.lookAgain();
    await pass(REST);
    expect(world.session.state.problem?.code).toBe('git/none');
    world.broken = undefined;
    world.session.lookAgain();
    await pass(REST);
    expect(world.session.state.problem).toBeUndefined();
    expect(stages(world)).toEqual(['loop']);
  });
});

describe('cancelling', () => {
  it('stays with the word: the same tree is not run again by itself', async () => {
    const world = await started();
    world.session.cancel();
    world.session.lookAgain();
    await pass(REST);
    expect(stages(world)).toEqual(['loop']);
    world.tree = 'two';
    world.session.lookAgain();
    await pass(REST);
    expect(stages(world)).toEqual(['loop', 'loop']);
  });

  it('stops what was about to begin', async () => {
    const world = new FakeWorld();
    world.openMs = 500;
    world.session.lookAgain();
    await pass(REST);
    world.session.pause(true);
    await pass(1000);
    expect(world.runs).toEqual([]);
  });

  it('gives up a run that does not end', async () => {
    const world = await started();
    world.obeys = false;
    world.session.cancel();
    world.tree = 'two';
    world.session.lookAgain();
    await pass(REST);
    world.session.cancel();
    await pass(20_000);
    expect(world.session.state.stages.loop.status).not.toBe('running');
    void world.session.run({ stage: 'loop', only: [] });
    await pass(1);
    expect(world.session.state.stages.loop.status).toBe('running');
  });

  it('leaves nothing running of a folder that is taken away', async () => {
    const world = await started();
    await world.session.dispose();
    expect(world.last.signal.aborted).toBe(true);
    world.session.lookAgain();
    await pass(REST);
    expect(stages(world)).toEqual(['loop']);
  });
});

describe('a run that was asked for', () => {
  it('is followed by a look at what changed meanwhile, also after the gate', async () => {
    const world = await green();
    void world.session.run({ stage: 'gate', only: [] });
    await pass(1);
    world.tree = 'two';
    world.session.lookAgain();
    await pass(REST);
    expect(world.last.signal.aborted).toBe(false);
    world.last.end();
    await pass(REST);
    expect(world.last).toMatchObject({ stage: 'loop', tree: 'two' });
  });

  it('of one check does not make the stage green', async () => {
    const world = await started();
    world.last.end({ ...PASSED, status: 'failed', results: [result('a', 'fail'), result('b', 'fail')] });
    await pass(1);
    void world.session.run({ stage: 'loop', only: ['a'] });
    await pass(1);
    world.last.end({ ...PASSED, results: [result('a', 'pass')] });
    await pass(REST);
    expect(world.session.state.stages.loop).toMatchObject({ status: 'failed', summary: '1 failed, 1 passed' });
    expect(stages(world)).toEqual(['loop', 'loop']);
  });

  it('of one check on a tree that was never looked at says nothing of the rest', async () => {
    const world = new FakeWorld({ ...OPTIONS, settings: { ...OPTIONS.settings, loop: false } });
    void world.session.run({ stage: 'loop', only: ['a'] });
    await pass(1);
    world.last.end({ ...PASSED, results: [result('a', 'pass')] });
    await pass(REST);
    expect(world.session.state.stages.loop.status).toBe('never');
  });

  it('of one mutant leaves the other survivors standing', async () => {
    const world = await started();
    world.last.end();
    await pass(1);
    const survivor = { ...finding('a.ts', 1, 'mutant/survived'), data: { id: 'm1' } };
    const failed = result('mutation', 'fail', [survivor], 'mutation');
    world.last.end({ ...PASSED, status: 'failed', results: [failed] });
    await pass(1);
    void world.session.run({ stage: 'mutate', only: ['m2'] });
    await pass(1);
    world.last.end({ ...PASSED, results: [result('mutation', 'pass', [], 'mutation')] });
    await pass(REST);
    expect(world.session.state.stages.mutate.status).toBe('failed');
    expect(world.session.findings('a.ts')).toEqual([survivor]);
  });

  it('does not pass for the mutants of an untrusted folder', async () => {
    const world = new FakeWorld({ ...OPTIONS, trusted: false });
    const told = await world.session.run({ stage: 'mutate', only: [] });
    expect(told).toMatchObject({ ok: false, problem: { code: 'untrusted' } });
    expect(world.runs).toEqual([]);
  });
});

describe('options', () => {
  it('start the loop anew when trust is granted', async () => {
    const world = new FakeWorld({ ...OPTIONS, trusted: false });
    world.session.lookAgain();
    await pass(REST);
    world.session.setOptions(OPTIONS);
    await pass(REST);
    expect(world.runs.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it('start the mutants of a green tree when they are switched on', async () => {
    const world = new FakeWorld({ ...OPTIONS, settings: { ...OPTIONS.settings, mutate: false } });
    world.session.lookAgain();
    await pass(REST);
    world.last.end();
    await pass(REST);
    expect(stages(world)).toEqual(['loop']);
    world.session.setOptions(OPTIONS);
    await pass(REST);
    expect(stages(world)).toEqual(['loop', 'mutate']);
  });
});
