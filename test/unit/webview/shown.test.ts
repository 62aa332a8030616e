import { describe, expect, it } from 'vitest';
import type { RenderedSection } from '../../../src/protocol/relay.ts';
import { withEdit, withItem, withMoved, withSwitch } from '../../../src/webview/relay/curate.ts';
import { fitOf, shownSections } from '../../../src/webview/relay/shown.ts';
import { CURATION, makeView } from './relay-view.ts';

const view = makeView();

function withDone(more: Partial<RenderedSection>): typeof view {
  return makeView({ sections: view.sections.map((one) => (one.id === 'done' ? { ...one, ...more } : one)) });
}

describe('the sections as shown', () => {
  it('stand in the order of the person, before the server has rendered them so', () => {
    const shown = shownSections(view, withMoved(CURATION, 'look', -5));
    expect(shown.map(({ id, place }) => `${place} ${id}`).slice(0, 2)).toEqual(['1 look', '2 stands']);
  });

  it('lose none that an older order does not name', () => {
    const shown = shownSections(view, { ...CURATION, order: ['look', 'done'] });
    expect(shown.map(({ id }) => id)).toEqual(['look', 'done', 'stands', 'remains', 'constraints', 'verify']);
  });

  it('show what was decided since: switched off, left out, written by hand', () => {
    const decided = withEdit(withItem(withSwitch(CURATION, 'look', false), 'commit:1', false), 'done', 'mine', 'b');
    const shown = shownSections(view, decided);
    expect(shown.find(({ id }) => id === 'look')?.on).toBe(false);
    const done = shown.find(({ id }) => id === 'done');
    expect(done).toMatchObject({ edited: true, text: 'mine' });
    expect(done?.items.filter(({ kept }) => !kept).map(({ id }) => id)).toEqual(['commit:1']);
  });

  it('say that something newer is there only while the person has not seen it', () => {
    const renewed = withDone({ newer: 'new', basis: 'now' });
    const newerOf = (basis: string): string | undefined =>
      shownSections(renewed, withEdit(CURATION, 'done', 'mine', basis)).find(({ id }) => id === 'done')?.newer;
    expect(newerOf('then')).toBe('new');
    expect(newerOf('now')).toBeUndefined();
    expect(shownSections(renewed, CURATION).find(({ id }) => id === 'done')?.newer).toBeUndefined();
  });
});

describe('how it fits', () => {
  it('names what was left out, most first, and what loses next', () => {
    expect(fitOf(view, CURATION)).toEqual({
      tokens: 3000,
      budget: 4000,
      percent: 75,
      over: 0,
      dropped: [
        { title: 'Where to look', count: 2 },
        { title: 'Constraints', count: 1 },
      ],
      next: 'Where to look',
    });
  });

  it('passes over what has nothing to lose: off, written by hand, all left out', () => {
    expect(fitOf(view, withSwitch(CURATION, 'look', false)).next).toBe('Constraints');
    expect(fitOf(view, withEdit(CURATION, 'look', 'mine', 'b')).next).toBe('Constraints');
    expect(fitOf(view, withItem(CURATION, 'file:1', false)).next).toBe('Constraints');
    expect(fitOf(view, { ...CURATION, dropOrder: [] }).next).toBeUndefined();
  });

  it('counts nothing of a section that is switched off', () => {
    expect(fitOf(view, withSwitch(CURATION, 'look', false)).dropped).toEqual([{ title: 'Constraints', count: 1 }]);
  });

  it('never fills more than the whole bar', () => {
    expect(fitOf(makeView({ tokens: 9000, over: 5000 }), CURATION)).toMatchObject({
      percent: 100,
      over: 5000,
      next: undefined,
    });
  });
});
