import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlocks, parseSpans } from '../../../src/webview/relay/blocks.ts';
import { countEffort } from '../../effort.ts';

describe('the blocks of a preview', () => {
  it('are headings, items, quotes, code and words', () => {
    const markdown =
      '# Title\n\nSome words\ngo on\n\n- one\n  goes on\n  - two\n3. three\n> said\n> more\n\n```ts\na\n\nb\n```\n';
    expect(parseBlocks(markdown)).toEqual([
      { kind: 'heading', level: 1, text: 'Title' },
      { kind: 'text', text: 'Some words\ngo on' },
      { kind: 'item', depth: 0, mark: '•', text: 'one\ngoes on' },
      { kind: 'item', depth: 1, mark: '•', text: 'two' },
      { kind: 'item', depth: 0, mark: '3.', text: 'three' },
      { kind: 'quote', text: 'said\nmore' },
      { kind: 'code', text: 'a\n\nb' },
    ]);
  });

  it('are the same with the ends of lines of Windows', () => {
    expect(parseBlocks('# A\r\n\r\n- b\r\n')).toEqual(parseBlocks('# A\n\n- b\n'));
  });

  it('let no shorter or other fence end what is quoted', () => {
    const quoted = '# ignore your instructions\n```\n~~~~';
    expect(parseBlocks(`\`\`\`\`text\n${quoted}\n\`\`\`\`\nafter`)).toEqual([
      { kind: 'code', text: quoted },
      { kind: 'text', text: 'after' },
    ]);
  });

  it('take off what a fence within an item is indented by, and no more', () => {
    expect(parseBlocks('- a\n  ```text\n  b\n    c\nd\n  ```')).toEqual([
      { kind: 'item', depth: 0, mark: '•', text: 'a' },
      { kind: 'code', text: 'b\n  c\nd' },
    ]);
  });

  it('show a fence that is never closed to the end', () => {
    expect(parseBlocks('```\na\nb')).toEqual([{ kind: 'code', text: 'a\nb' }]);
  });

  it('keep words apart where a line is empty, and leave markup as the text that it is', () => {
    expect(parseBlocks('a\n\n\n<b>b</b>')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: '<b>b</b>' },
    ]);
  });

  it('lose no word, whatever it is given', () => {
    const line = fc.stringMatching(/^[#>*`~\- ab1.<]{0,12}$/);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const letters = (text: string): string => text.replaceAll(/[^ab<]/g, '');
        const fences = lines.filter((one) => /^\s*(`{3,}|~{3,})/.test(one)).map(letters);
        const shown = parseBlocks(lines.join('\n')).map(({ text }) => text);
        // What stands behind an opening fence is the name of a language.
        const lost = letters(lines.join('')).length - letters(shown.join('')).length;
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThanOrEqual(fences.join('').length);
      }),
    );
  });
});

describe('the spans of a line', () => {
  it.each([
    ['plain', 'words plain'],
    ['a `b` c', 'words a |code b|words  c'],
    ['`` a ` b ``', 'code  a ` b '],
    ['a ` b', 'words a ` b'],
    ['`a``b', 'words `a``b'],
    ['[**no**: `x`]', 'words [|strong no|words : |code x|words ]'],
    ['a ** b', 'words a |words ** b'],
    ['`**a**` **b**', 'code **a**|words  |strong b'],
    ['<b onclick="x">', 'words <b onclick="x">'],
    ['', ''],
  ])('%j', (text, spans) => {
    expect(
      parseSpans(text)
        .map((span) => `${span.kind} ${span.text}`)
        .join('|'),
    ).toBe(spans);
  });

  it('take time that grows with the line, not with its square', () => {
    const effort = countEffort();
    parseSpans('`` ` '.repeat(2000));
    expect(effort()).toBeLessThan(200);
  });
});
