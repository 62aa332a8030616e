import { describe, expect, it } from 'vitest';
import { ShownFindings } from '../../../src/server/shown-findings.ts';
import { finding, result } from './fake-session.ts';

const WHOLE = { partial: false, mutantsAlone: false, tried: new Set<string>() };
const breach = finding('a.ts', 1, 'boundary/denied');
const weaker = finding('a.ts', 2, 'tests/weaker');

describe('what is shown of a path', () => {
  it('is of the text that is typed, and what only a run can tell', () => {
    const shown = new ShownFindings(() => 'x\ny');
    shown.take(
      [result('boundaries', 'fail', [breach]), result('changed-tests', 'fail', [weaker])],
      WHOLE,
      () => 'x\ny',
    );
    shown.type('a.ts', []);
    expect(shown.of('a.ts', false)).toEqual([weaker]);
  });

  it('keeps what was said of unsaved text when a run ends that has not seen it', () => {
    const shown = new ShownFindings(() => 'unsaved');
    shown.type('a.ts', [breach]);
    shown.take([result('boundaries', 'pass')], WHOLE, () => 'saved');
    expect(shown.of('a.ts', false)).toEqual([breach]);
  });

  it('is what the run says of text that is saved', () => {
    const shown = new ShownFindings(() => 'x\n');
    shown.type('a.ts', [breach]);
    shown.take([result('boundaries', 'pass')], WHOLE, () => '\uFEFFx\r\n');
    expect(shown.of('a.ts', false)).toEqual([]);
  });

  it('replaces only what was run where something was asked for by name', () => {
    const shown = new ShownFindings(() => undefined);
    shown.take([result('a', 'fail', [breach]), result('b', 'fail', [weaker])], WHOLE, () => undefined);
    shown.take([result('a', 'pass')], { ...WHOLE, partial: true }, () => undefined);
    expect(shown.of('a.ts', false)).toEqual([weaker]);
  });

  it('stands in a file with a byte order mark, and whose lines end otherwise in the editor', () => {
    const shown = new ShownFindings(() => 'import x\nrest');
    shown.take([result('boundaries', 'fail', [breach])], WHOLE, () => '\uFEFFimport x\r\nrest');
    expect(shown.of('a.ts', false)).toEqual([breach]);
  });

  it('is of tools only where they are wanted', () => {
    const shown = new ShownFindings(() => undefined);
    shown.take([result('lint:x', 'fail', [breach], 'lint')], WHOLE, () => undefined);
    expect(shown.of('a.ts', false)).toEqual([]);
    expect(shown.of('a.ts', true)).toEqual([breach]);
  });
});
