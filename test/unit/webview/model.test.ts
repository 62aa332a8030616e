import { describe, expect, it } from 'vitest';
import { withEdit, withMoved } from '../../../src/webview/relay/curate.ts';
import {
  acted,
  change,
  curationOf,
  EMPTY,
  type Model,
  receive,
  resume,
  toggled,
  unsentOf,
} from '../../../src/webview/relay/model.ts';
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
  const problem = { code: 'x', message: 'git failed.', hint: 'Try again.' };

  it('keeps the hand-off on the screen when it cannot be read again, and says so until it can', () => {
    const model = receive(typed(shown, 'mine'), { type: 'problem', problem, action: undefined });
    expect(model).toMatchObject({ problem, busy: false, view });
    expect(textOf(model)).toBe('mine');
    expect(typed(model, 'more').problem).toMatchObject(problem);
    expect(receive(model, { type: 'view', view, edit: 0 }).problem).toBeUndefined();
  });

  it('says what could not be done until the person does something else, whatever is read meanwhile', () => {
    const model = receive(shown, { type: 'problem', problem, action: 'worktree' });
    const later = receive(model, { type: 'view', view, edit: 0 });
    expect(later.problem).toMatchObject(problem);
    expect(typed(later, 'mine').problem).toBeUndefined();
    expect(acted(later).problem).toBeUndefined();
    expect(receive(later, { type: 'done', action: 'copy', text: 'Copied.' }).problem).toBeUndefined();
  });

  it('says what was done, and forgets nothing by it', () => {
    const model = receive(shown, { type: 'done', action: 'copy', text: 'Copied.' });
    expect(model).toEqual({ ...shown, said: 'Copied.' });
  });

  it('tells busy from idle', () => {
    expect(receive(shown, { type: 'busy', busy: true }).busy).toBe(true);
  });
});

describe('after a reload', () => {
  const unsent = unsentOf(typed(shown, 'mine'));

  it('what the server had not got yet is there again', () => {
    expect(unsent).toEqual({ pending: typed(shown, 'mine').pending, base: CURATION });
    const resumed = resume(shown, structuredClone(unsent));
    expect(textOf(resumed)).toBe('mine');
    const late = receive(resumed, { type: 'view', view, edit: 0 });
    expect(textOf(late)).toBe('mine');
  });

  it('what is kept from before the server got more does not undo that', () => {
    const more = curated(view, withEdit(CURATION, 'done', 'mine and more', 'basis-done'));
    const model = resume(receive(EMPTY, { type: 'view', view: more, edit: 0 }), unsent);
    expect(textOf(model)).toBe('mine and more');
  });

  it('nothing is kept of what the server has', () => {
    expect(unsentOf(shown)).toBeUndefined();
    expect(resume(shown, undefined)).toBe(shown);
  });
});

it('toggles', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggled(['a'], 'a', true)).toEqual(['a']);
});
