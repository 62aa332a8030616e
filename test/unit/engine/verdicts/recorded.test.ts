import { describe, expect, it } from 'vitest';
import { errorEnvelope } from '../../../../src/engine/report/envelope.ts';
import {
  type RecordedVerdict,
  readVerdict,
  recordVerdict,
  VERDICT_SCHEMA,
} from '../../../../src/engine/verdicts/recorded.ts';
import { memoryStore } from '../../memory-store.ts';

function verdict(tree: string, more: Partial<RecordedVerdict> = {}): RecordedVerdict {
  const ok = more.ok ?? true;
  const envelope = { ...errorEnvelope('downforce gate', { code: '', message: '', hint: '' }), ok };
  return { schema: VERDICT_SCHEMA, tree, ok, exitStatus: ok ? 0 : 1, at: '2026-11-21T12:00:00Z', envelope, ...more };
}

describe('a recorded verdict', () => {
  it('is answered for its tree alone', () => {
    const store = memoryStore();
    expect(recordVerdict(store, verdict('aa'))).toBe(true);
    expect(readVerdict(store, 'aa')).toEqual(verdict('aa'));
    expect(readVerdict(store, 'ab')).toBeUndefined();
  });

  it('is replaced by a later one', () => {
    const store = memoryStore();
    recordVerdict(store, verdict('aa'));
    recordVerdict(store, verdict('aa', { ok: false }));
    expect(readVerdict(store, 'aa')?.exitStatus).toBe(1);
  });

  it.each<[string, string]>([
    ['half a file', JSON.stringify(verdict('aa')).slice(0, 60)],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['the one of another tree, put in its place', JSON.stringify(verdict('bb'))],
    ['of another version of the file', JSON.stringify({ ...verdict('aa'), schema: 'downforce.verdict/0' })],
    ['a failure that ends with 0', JSON.stringify({ ...verdict('aa', { ok: false }), exitStatus: 0 })],
    ['a pass that ends with 1', JSON.stringify({ ...verdict('aa'), exitStatus: 1 })],
    [
      'a pass over an answer that is none',
      JSON.stringify({ ...verdict('aa', { ok: false }), ok: true, exitStatus: 0 }),
    ],
    ['no answer', JSON.stringify({ ...verdict('aa'), envelope: undefined })],
  ])('that is %s is none', (_, text) => {
    expect(readVerdict(memoryStore({ 'verdicts/aa.json': text }), 'aa')).toBeUndefined();
  });

  it('makes room for itself: fifty are kept, the oldest go', () => {
    const store = memoryStore({ 'verdicts/broken.json': '{', 'reports/gate.json': '{}' });
    for (let index = 0; index < 60; index++) {
      const at = `2026-11-21T12:00:${String(index).padStart(2, '0')}Z`;
      recordVerdict(store, verdict(`tree${(index * 7) % 60}`, { at }));
    }
    const kept = [...store.texts.keys()].filter((name) => name.startsWith('verdicts/'));
    expect(kept).toHaveLength(50);
    expect(kept).not.toContain('verdicts/broken.json');
    expect(store.texts.has('reports/gate.json')).toBe(true);
    const ages = kept.map((name) => JSON.parse(store.texts.get(name) ?? '').at.slice(17, 19)).map(Number);
    expect(Math.min(...ages)).toBe(10);
  });

  it('that cannot be written is told', () => {
    expect(recordVerdict({ ...memoryStore(), write: () => false }, verdict('aa'))).toBe(false);
  });
});
