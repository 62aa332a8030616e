import { describe, expect, it } from 'vitest';
import { defaultCuration, normalizeCuration, readCuration } from '../../../../src/engine/relay/curation.ts';
import { createHandoff } from '../../../../src/engine/relay/handoff.ts';
import { renderRelay } from '../../../../src/engine/relay/render.ts';
import { loadCuration, loadLast, saveCuration, saveLast } from '../../../../src/engine/relay/state.ts';
import { type Curation, type RelayView, SECTIONS } from '../../../../src/protocol/relay.ts';
import { countEffort } from '../../../effort.ts';
import { memoryStore } from '../../memory-store.ts';
import { called, digest, FRESH, sampleFacts, sampleFile, verdict } from './sample-facts.ts';

const FACTS = sampleFacts({
  verdicts: [verdict('test:core', 'fail', FRESH, { details: ['a.test.ts:3 adds — expected 2, got 3'], findings: 1 })],
  called: called('test:core', 'lint:eslint'),
  files: Array.from({ length: 15 }, (_, index) => sampleFile({ path: `src/core/f${index}.ts`, added: index })),
});

function render(more: Partial<Curation> = {}, facts = FACTS, last?: { markdown: string; at: string }): RelayView {
  const curation = normalizeCuration({ ...defaultCuration(4000), ...more });
  return renderRelay({ handoff: createHandoff(facts, curation.draft, digest), name: 'shop', curation, last }, digest);
}

const section = (view: RelayView, id: string) => {
  const found = view.sections.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no section ${id}`);
  return found;
};

describe('curation', () => {
  it('shows every section in the usual order', () => {
    const view = render();
    expect(view.sections.map(({ id }) => id)).toEqual([...SECTIONS]);
    expect(view.markdown.match(/^## .*$/gm)).toEqual(
      [
        '## Where it stands',
        '## What was done',
        '## What remains',
        '## Constraints',
        '## How to verify',
        '## Where to look',
      ].filter((title) => title !== '## Constraints'),
    );
    expect([view.over, view.diff, view.lastAt]).toEqual([0, undefined, undefined]);
  });

  it('reorders, switches off, and leaves single items out', () => {
    const view = render({ order: ['verify', 'remains'], off: ['stands', 'look'], without: ['check:test:core'] });
    expect(view.sections.map(({ id }) => id)).toEqual(['verify', 'remains', 'stands', 'done', 'constraints', 'look']);
    expect(view.markdown).not.toMatch(/Where it stands|Where to look|expected 2, got 3/);
    const items = section(view, 'remains').items.map(({ id, kept }) => [id, kept]);
    expect(items).toContainEqual(['check:test:core', false]);
    expect(items).toContainEqual(['remains:never-run', true]);
  });

  it('a hand edit stands as it is, whatever the facts do, and says when they have moved', () => {
    const { basis, text } = section(render(), 'remains');
    const edits = { remains: { text: 'Mend the cart.\n\n## My own heading', basis } };
    const same = section(render({ edits }), 'remains');
    expect([same.text, same.edited, same.newer]).toEqual([edits.remains.text, true, undefined]);
    const moved = section(render({ edits }, sampleFacts()), 'remains');
    expect([moved.text, moved.edited]).toEqual([edits.remains.text, true]);
    expect(moved.newer).toContain('No mutant of the change was tried');
    expect(moved.newer).not.toBe(text);
  });

  it('neither the budget nor what is left out makes an edit old', () => {
    const { basis } = section(render(), 'look');
    const edits = { look: { text: 'src/core', basis } };
    expect(section(render({ edits, budget: 300, without: ['file:src/core/f3.ts'] }), 'look').newer).toBeUndefined();
    expect(section(render({ budget: 300 }), 'look').basis).toBe(basis);
  });
});

describe('the budget', () => {
  it('gives up by the order, of a section the least weight first, and says so in its place', () => {
    const whole = render();
    const view = render({ budget: whole.tokens - 60, dropOrder: ['look', 'verify'] });
    expect([view.over, view.tokens <= whole.tokens - 60]).toEqual([0, true]);
    const { items, dropped, text } = section(view, 'look');
    expect(dropped).toBeGreaterThan(0);
    expect(text).toContain(`(${dropped} item${dropped === 1 ? '' : 's'} left out to keep this short)`);
    const weights = (gone: boolean) => items.filter((one) => one.dropped === gone).map(({ weight }) => weight);
    expect(Math.max(...weights(true))).toBeLessThanOrEqual(Math.min(...weights(false)));
    expect(section(view, 'verify').dropped).toBe(0);
  });

  it('says how much is over where nothing more may go', () => {
    const view = render({ budget: 200, dropOrder: ['look'] });
    expect(view.over).toBe(view.tokens - 200);
    expect(view.over).toBeGreaterThan(0);
    expect(section(view, 'look').items.every(({ dropped }) => dropped)).toBe(true);
    expect(section(view, 'remains').dropped).toBe(0);
  });

  it('never gives up what is essential, nor a person’s own words', () => {
    const edits = { look: { text: 'word '.repeat(500), basis: '' } };
    const view = render({ budget: 200, edits });
    expect(view.markdown).toContain('Branch `work`');
    expect(section(view, 'look').text).toBe(edits.look.text);
    expect(view.over).toBeGreaterThan(0);
  });

  it('takes no time over very much', () => {
    const files = Array.from({ length: 3000 }, (_, index) => sampleFile({ path: `src/${index}.ts` }));
    const plan = Array.from({ length: 3000 }, (_, line) => ({ file: 'PLAN.md', line, text: `item ${line}` }));
    const effort = countEffort();
    const view = render({ budget: 500, draft: '- all tests pass\n'.repeat(3000) }, sampleFacts({ files, plan }));
    expect(view.over).toBe(0);
    expect(effort()).toBeLessThan(150);
  });
});

describe('the diff against the last', () => {
  it('is empty where nothing differs, and names the lines otherwise', () => {
    const { markdown } = render();
    expect(render({}, FACTS, { markdown, at: '2026-01-01T00:00:00Z' }).diff).toBe('');
    const diff = render({ off: ['verify'] }, FACTS, { markdown, at: '2026-01-01T00:00:00Z' }).diff ?? '';
    expect(diff).toMatch(/^--- last hand-off/);
    expect(diff).toContain('-## How to verify');
  });

  it('ends with two texts that have nothing in common', () => {
    const before = Array.from({ length: 6000 }, (_, index) => `line ${index}`).join('\n');
    const draft = Array.from({ length: 60 }, (_, index) => `- ${index}`).join('\n');
    expect(render({ draft }, FACTS, { markdown: before, at: '' }).diff).toContain('-line 5999');
  });
});

it('tells what was redacted, where and how often', () => {
  const edits = { verify: { text: 'use [redacted: GitHub token], then [redacted: GitHub token]', basis: '' } };
  expect(render({ edits }).redactions).toEqual([{ kind: 'GitHub token', section: 'verify', count: 2 }]);
  expect(render({ edits, off: ['verify'] }).redactions).toEqual([]);
});

describe('what is kept between two', () => {
  it.each([
    'nonsense',
    '{"order":"x"}',
    '[]',
    'null',
    '{"order":["nowhere"],"off":[],"without":[],"edits":{},"dropOrder":[],"budget":4000,"draft":""}',
    '{"order":[],"off":[],"without":[],"edits":{"look":{"text":1,"basis":""}},"dropOrder":[],"budget":4000,"draft":""}',
    '{"order":[],"off":[],"without":[],"edits":{},"dropOrder":[],"budget":-1,"draft":""}',
    `{"__proto__":{"order":[]},"x":"${'y'.repeat(6_000_000)}"}`,
  ])('a broken file is none: %.40s', (text) => {
    const store = memoryStore({ 'relay/curation.json': text, 'relay/last.json': text });
    expect(loadCuration(store, 1234)).toEqual(defaultCuration(1234));
    expect(loadLast(store)).toBeUndefined();
  });

  it('comes back as it was', () => {
    const store = memoryStore();
    const curation = normalizeCuration({
      ...defaultCuration(900),
      draft: 'ä\n',
      without: ['x'],
      edits: { look: { text: 't', basis: 'b' } },
    });
    expect(saveCuration(store, curation)).toBe(true);
    expect(loadCuration(store, 4000)).toEqual(curation);
    saveLast(store, { markdown: 'm', at: 'a' });
    expect(loadLast(store)).toEqual({ markdown: 'm', at: 'a' });
  });

  it('a section that an older version did not know comes at the end of the order', () => {
    const kept = readCuration(
      JSON.stringify({ ...defaultCuration(900), order: ['look', 'look', 'done'], off: ['done', 'done'] }),
      1,
    );
    expect([kept.order, kept.off]).toEqual([['look', 'done', 'stands', 'remains', 'constraints', 'verify'], ['done']]);
  });
});
