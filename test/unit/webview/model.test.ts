import { describe, expect, it } from 'vitest';
import { withEdit, withMoved } from '../../../src/webview/relay/curate.ts';
import { change, curationOf, EMPTY, type Model, receive, toggled } from '../../../src/webview/relay/model.ts';
import { CURATION, curated, makeView } from './relay-view.ts';

const view = makeView();
const shown = receive(EMPTY, { type: 'view', view, edit: 0 });

function typed(model: Model, text: string): Model {
  return change(model, (curation) => withEdit(curation, 'done', text, 'basis-done'));
}

function textOf(model: Model): string | undefined {
  return curationOf(model)?.edits.done?.text;
}

describe('what a person decides', () => {
  it('is there at once, before the server says a word', () => {
    expect(textOf(typed(shown, 'mine'))).toBe('mine');
  });

  it('is not taken back by a refresh that does not know of it yet', () => {
    const model = receive(typed(shown, 'mine'), { type: 'view', view: makeView({ tokens: 1 }), edit: 0 });
    expect(textOf(model)).toBe('mine');
    expect(model.view?.tokens).toBe(1);
  });

  it('is not taken back by the answer to an earlier keystroke', () => {
    const first = typed(shown, 'm');
    const second = typed(first, 'mi');
    const late = receive(second, { type: 'view', view: curated(view, first.pending ?? CURATION), edit: first.edit });
    expect(textOf(late)).toBe('mi');
  });

  it('is the server’s once its answer has the newest of it', () => {
    const model = typed(shown, 'mine');
    const answered = receive(model, { type: 'view', view: curated(view, model.pending ?? CURATION), edit: model.edit });
    expect(answered.pending).toBeUndefined();
    expect(textOf(answered)).toBe('mine');
    const elsewhere = receive(answered, { type: 'view', view, edit: model.edit });
    expect(textOf(elsewhere)).toBeUndefined();
  });

  it('builds on what is pending, not on what the server last said', () => {
    const both = change(typed(shown, 'mine'), (curation) => withMoved(curation, 'look', -5));
    expect(textOf(both)).toBe('mine');
    expect(curationOf(both)?.order[0]).toBe('look');
    expect(both.edit).toBe(2);
  });

  it('is nothing while there is nothing to decide on', () => {
    expect(typed(EMPTY, 'mine')).toBe(EMPTY);
  });
});

describe('what the extension tells', () => {
  it('keeps the hand-off on the screen when something goes wrong, and says what', () => {
    const problem = { code: 'x', message: 'git failed.', hint: 'Try again.' };
    const model = receive(typed(shown, 'mine'), { type: 'problem', problem });
    expect(model).toMatchObject({ problem, busy: false, said: 'git failed.', view });
    expect(textOf(model)).toBe('mine');
    expect(receive(model, { type: 'view', view, edit: 0 }).problem).toBeUndefined();
  });

  it('says what was done, and forgets nothing by it', () => {
    const model = receive(shown, { type: 'done', action: 'copy', text: 'Copied.' });
    expect(model).toEqual({ ...shown, said: 'Copied.' });
  });

  it('tells busy from idle', () => {
    expect(receive(shown, { type: 'busy', busy: true }).busy).toBe(true);
  });
});

it('toggles', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggled(['a'], 'a', true)).toEqual(['a']);
});
