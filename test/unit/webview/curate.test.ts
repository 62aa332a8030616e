import { describe, expect, it } from 'vitest';
import {
  parseBudget,
  withDropMoved,
  withEdit,
  withItem,
  withMoved,
  withOwnWords,
  withoutEdit,
  withPlacedAt,
  withSwitch,
} from '../../../src/webview/relay/curate.ts';
import { CURATION } from './relay-view.ts';

describe('the order of the sections', () => {
  it.each([
    ['done', -1, ['done', 'stands', 'remains', 'constraints', 'verify', 'look']],
    ['done', 2, ['stands', 'remains', 'constraints', 'done', 'verify', 'look']],
    ['stands', -1, ['stands', 'done', 'remains', 'constraints', 'verify', 'look']],
    ['look', 1, ['stands', 'done', 'remains', 'constraints', 'verify', 'look']],
    ['look', -9, ['look', 'stands', 'done', 'remains', 'constraints', 'verify']],
  ] as const)('%s by %i', (id, by, order) => {
    expect(withMoved(CURATION, id, by).order).toEqual(order);
  });

  it('takes the place of the section it is dropped on, from above and from below', () => {
    expect(withPlacedAt(CURATION, 'look', 'done').order).toEqual([
      'stands',
      'look',
      'done',
      'remains',
      'constraints',
      'verify',
    ]);
    expect(withPlacedAt(CURATION, 'stands', 'remains').order).toEqual([
      'done',
      'remains',
      'stands',
      'constraints',
      'verify',
      'look',
    ]);
  });

  it('stays as it is for a section that it does not have', () => {
    const order = ['done', 'stands'] as const;
    expect(withMoved({ ...CURATION, order: [...order] }, 'look', 1).order).toEqual(order);
  });

  it('is another than the order of dropping', () => {
    const moved = withDropMoved(CURATION, 'look', 1);
    expect(moved.dropOrder).toEqual(['constraints', 'look', 'verify', 'done', 'remains', 'stands']);
    expect(moved.order).toEqual(CURATION.order);
  });
});

describe('a choice', () => {
  it('switches a section off once, however often it is said, and on again', () => {
    const off = withSwitch(withSwitch(CURATION, 'look', false), 'look', false);
    expect(off.off).toEqual(['look']);
    expect(withSwitch(off, 'look', true).off).toEqual([]);
  });

  it('leaves an item out, and takes it back', () => {
    const out = withItem(withItem(CURATION, 'file:a', false), 'file:b', false);
    expect(out.without).toEqual(['file:a', 'file:b']);
    expect(withItem(out, 'file:a', true).without).toEqual(['file:b']);
  });

  it('keeps with an edit what the person had before them when they began, however long they type', () => {
    const begun = withEdit(CURATION, 'done', 'm', 'then');
    const typed = withEdit(begun, 'done', 'mine', 'now');
    expect(typed.edits.done).toEqual({ text: 'mine', basis: 'then' });
    expect(withOwnWords(typed, 'done', 'now').edits.done).toEqual({ text: 'mine', basis: 'now' });
    expect(withoutEdit(typed, 'done').edits).toEqual({});
    expect(withoutEdit(withEdit(typed, 'look', 'x', 'b'), 'done').edits).toEqual({ look: { text: 'x', basis: 'b' } });
  });

  it('makes no edit of words that nobody wrote', () => {
    expect(withOwnWords(CURATION, 'done', 'now')).toBe(CURATION);
  });

  it('never changes what it was given', () => {
    const before = structuredClone(CURATION);
    withEdit(withItem(withSwitch(withMoved(CURATION, 'done', 1), 'look', false), 'a', false), 'done', 'x', 'y');
    expect(CURATION).toEqual(before);
  });
});

describe('a budget as typed', () => {
  it.each([
    ['4000', 4000],
    [' 4,000 ', 4000],
    ['4.000', 4000],
    ['4 000', 4000],
    ['200', 200],
    ['1000000', 1_000_000],
  ])('%j is %i', (typed, budget) => {
    expect(parseBudget(typed)).toBe(budget);
  });

  it.each(['', '199', '1000001', '4k', '-4000', '4e3', '0x400', '99999999'])('%j is none', (typed) => {
    expect(parseBudget(typed)).toBeUndefined();
  });
});
