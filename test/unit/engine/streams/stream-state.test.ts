import { describe, expect, it } from 'vitest';
import { collisionKey, collisionsOf, worstFirst } from '../../../../src/engine/streams/collisions.ts';
import { judgeStream, type StreamFacts } from '../../../../src/engine/streams/stream-state.ts';
import type { Collision } from '../../../../src/protocol/streams.ts';

const CLEAN: StreamFacts = {
  there: true,
  branch: 'stream/a',
  ahead: 0,
  behind: 0,
  dirtyFiles: 0,
  changedFiles: 0,
  loop: undefined,
  unmerged: [],
  operation: undefined,
  setup: undefined,
  collisions: [],
};
const GREEN = { ok: true, at: '2026-01-01T00:00:00Z', summary: '3 of 3 checks passed', stale: false };
const RED = { ...GREEN, ok: false, summary: '1 of 3 checks passed, 2 failed' };
const collision = (kind: Collision['kind']): Collision => ({
  a: 'x',
  b: 'y',
  kind,
  files: ['f'],
  names: [],
  text: `${kind}!`,
});

describe('a stream', () => {
  it.each<[string, Partial<StreamFacts>, string]>([
    ['is idle', {}, 'idle Nothing has changed in it yet.'],
    ['is idle though its base went on', { behind: 3 }, 'idle Nothing has changed in it yet.'],
    ['works', { dirtyFiles: 1, changedFiles: 1 }, 'working 1 file changed, its loop has not run.'],
    [
      'works on after a red loop',
      { dirtyFiles: 2, changedFiles: 2, loop: { ...RED, stale: true } },
      'working 2 files changed, changed since its last loop.',
    ],
    [
      'has to be committed',
      { dirtyFiles: 1, changedFiles: 1, loop: GREEN },
      'working 1 file changed, its loop is green; commit what is open.',
    ],
    [
      'is ready',
      { ahead: 2, behind: 1, changedFiles: 3, loop: GREEN },
      'ready Green and committed, 2 commits ahead, 1 behind: it may be merged.',
    ],
    [
      'is not ready by a verdict of another tree',
      { ahead: 2, changedFiles: 3, loop: { ...GREEN, stale: true } },
      'working 3 files changed, changed since its last loop.',
    ],
    ['is red', { ahead: 1, changedFiles: 1, loop: RED }, 'red! Its loop failed: 1 of 3 checks passed, 2 failed.'],
    ['conflicts with another', { ahead: 1, loop: GREEN, collisions: [collision('text')] }, 'conflict! text!'],
    [
      'says what it collides with',
      { ahead: 1, changedFiles: 1, loop: GREEN, collisions: [collision('meaning')] },
      'ready meaning!',
    ],
    [
      'is in the middle of a merge',
      { unmerged: ['a', 'b'], operation: 'rebase' },
      'conflict! In the middle of a rebase: 2 files in conflict.',
    ],
    ['is set up', { setup: { kind: 'running' } }, 'setting-up The set-up command runs.'],
    ['was not set up', { setup: { kind: 'failed', why: 'npm ci: no' } }, 'red! Its set-up failed: npm ci: no'],
    [
      'went on without its set-up',
      { setup: { kind: 'failed', why: 'no' }, dirtyFiles: 1, changedFiles: 1 },
      'working 1 file changed, its loop has not run.',
    ],
    ['is gone', { there: false, loop: RED }, 'gone Its working tree is not there any more: remove it from the list.'],
  ])('%s', (_, facts, expected) => {
    const { status, says, needsYou } = judgeStream({ ...CLEAN, ...facts });
    expect(`${status}${needsYou ? '!' : ''} ${says}`).toBe(expected);
  });
});

describe('what is said of two working trees that meet', () => {
  const used = (users: readonly string[], gone = false) => [{ path: 'core.ts', names: ['f', 'g'], gone, users }];
  const meet = { a: 'x', b: 'y', both: [], conflicts: [], usedByB: [], usedByA: [] };
  const said = (of: Partial<Parameters<typeof collisionsOf>[0]>) =>
    collisionsOf({ ...meet, ...of }).map(({ kind, text }) => `${kind} ${text}`);

  it.each<[Partial<Parameters<typeof collisionsOf>[0]>, readonly string[]]>([
    [{}, []],
    [{ both: ['a', 'b'] }, ['file x and y both change a, b; git can join the two.']],
    [
      { both: ['a'], conflicts: undefined },
      ['file x and y both change a; this git cannot tell whether they would conflict.'],
    ],
    [
      { both: ['a', 'b'], conflicts: ['a'] },
      ['text x and y would conflict in a.', 'file x and y both change b; git can join the two.'],
    ],
    [{ usedByB: used(['u.ts']) }, ['meaning x changes f, g of core.ts, which u.ts, changed in y, uses.']],
    [
      { usedByA: used(['u.ts', 'v.ts'], true) },
      ['meaning y takes f, g away from core.ts, which u.ts, v.ts, changed in x, use.'],
    ],
    [
      { both: ['a', 'b', 'c', 'd', 'e', 'f'] },
      ['file x and y both change a, b, c, d and 2 more; git can join the two.'],
    ],
  ])('%#', (of, expected) => {
    expect(said(of)).toEqual(expected);
  });

  it('comes the worst first, and has a name of its own', () => {
    const all = [collision('file'), collision('text'), collision('meaning')];
    expect(worstFirst(all).map(({ kind }) => kind)).toEqual(['text', 'meaning', 'file']);
    expect(new Set(all.map(collisionKey)).size).toBe(3);
  });
});
