import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ExpectedError } from '../../../../src/engine/errors.ts';
import { appendWaiver } from '../../../../src/engine/waivers/append-waiver.ts';
import { parseWaivers } from '../../../../src/engine/waivers/waivers-file.ts';
import { waiversSchema } from '../../../../src/protocol/waivers.ts';
import { sampleWaiver } from './sample-waiver.ts';

const ONE = sampleWaiver();
const TWO = sampleWaiver({ fingerprint: 'feedfacefeedface', code: 'boundary/denied', symbol: 'total', lines: 0 });

function refusal(text: string): ExpectedError {
  try {
    parseWaivers(text);
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
  throw new Error('accepted');
}

function fileOf(entry: object): string {
  return JSON.stringify({ waivers: [entry] });
}

describe('a waiver that is written', () => {
  it('can be read, with its place', () => {
    const text = appendWaiver(appendWaiver(undefined, ONE), TWO);
    const read = parseWaivers(text);
    expect(read.map(({ waiver }) => waiver)).toEqual([ONE, TWO]);
    expect(text.split('\n')[(read[1]?.range.start.line ?? 0) - 1]?.trim()).toBe('{');
    expect(read[1]?.range.start.line).toBeGreaterThan(read[0]?.range.end.line ?? 99);
  });

  it.each([
    [
      'comments',
      '// mine\n{\n  // before\n  "waivers": [\n    // first\n  ] // after\n}\n// end\n',
      ['// mine', '// before', '// first', '// after', '// end'],
    ],
    ['a byte order mark', '\uFEFF{ "waivers": [] }', ['\uFEFF{']],
    ['Windows line ends', '// mine\r\n{\r\n  "waivers": []\r\n}\r\n', ['// mine\r\n']],
    ['no list yet', '{\n  // nothing\n}\n', ['// nothing']],
    ['a schema', '{ "$schema": "x" }', ['"$schema": "x"']],
  ])('keeps %s', (_, text, kept) => {
    const written = appendWaiver(text, ONE);
    for (const part of kept) expect(written).toContain(part);
    expect(parseWaivers(appendWaiver(written, TWO)).map(({ waiver }) => waiver)).toEqual([ONE, TWO]);
    if (text.includes('\r\n')) expect(written.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('keeps every comment between entries, however many there are', () => {
    const commented = appendWaiver(undefined, ONE).replace('"fingerprint"', '// seen in review\n      "fingerprint"');
    expect(appendWaiver(appendWaiver(commented, TWO), ONE)).toContain('// seen in review');
  });

  it('holds any text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 10, unit: 'grapheme' }), fc.string(), (reason, text) => {
        fc.pre(reason.trim().length >= 10);
        const own = sampleWaiver({ reason, text });
        // A lone half of a character becomes the mark for one in JSON and back; a NUL is refused on reading.
        fc.pre(!JSON.stringify(own).includes('\\u0000'));
        expect(parseWaivers(appendWaiver(undefined, own))[0]?.waiver).toEqual(own);
      }),
    );
  });

  it('is not added to a file that is wrong', () => {
    expect(() => appendWaiver('{ "waivers": {} }', ONE)).toThrow(ExpectedError);
  });
});

describe('a mistake in the file is named with its place', () => {
  it.each<[string, string, RegExp]>([
    ['no JSON', '{ "waivers": }', /^downforce\.waivers\.jsonc:1:14: not JSON with comments/],
    ['a list', '[]', /^downforce\.waivers\.jsonc:1:1: the file is \[\]/],
    ['an unknown key', '{ "waiver": [] }', /:1:3: the file has an unknown key "waiver"; did you mean "waivers"\?/],
    ['a key twice', '{ "waivers": [], "waivers": [] }', /the file has the key "waivers" twice/],
    [
      'an unknown key of an entry',
      fileOf({ ...ONE, resaon: 'x' }),
      /waivers\.0 has an unknown key "resaon"; did you mean "reason"\?/,
    ],
    ['no reason', fileOf({ ...ONE, reason: undefined }), /waivers\.0\.reason is nothing/],
    [
      'a reason that is none',
      fileOf({ ...ONE, reason: 'ok         ' }),
      /reason is "ok *": must say why, in at least 10 characters/,
    ],
    ['no id', fileOf({ ...ONE, fingerprint: '*' }), /fingerprint is "\*": must be the id of a mutant/],
    ['content of its own making', fileOf({ ...ONE, content: 'any' }), /content is "any": must be 16 hex digits/],
    ['nobody', fileOf({ ...ONE, who: '' }), /waivers\.0\.who/],
    ['no date', fileOf({ ...ONE, when: 'yesterday' }), /when is "yesterday": must be a date such as/],
  ])('%s', (_, text, expected) => {
    const error = refusal(text);
    expect(error.message).toMatch(expected);
    expect([error.code, error.exitStatus]).toEqual(['config/invalid', 2]);
    expect(error.hint).toContain('downforce.waivers.jsonc');
  });

  it('is none where there is nothing to wait for', () => {
    expect(parseWaivers('{}')).toEqual([]);
    const errors: ParseError[] = [];
    parse(appendWaiver(undefined, ONE), errors);
    expect(errors).toEqual([]);
  });
});

it('the schema for editors explains every key', () => {
  const schema = z.toJSONSchema(waiversSchema, { io: 'input' });
  const list = schema.properties?.['waivers'];
  const entry = typeof list === 'object' ? list.items : undefined;
  const keys = typeof entry === 'object' && !Array.isArray(entry) ? Object.entries(entry.properties ?? {}) : [];
  expect(keys.map(([key]) => key)).toEqual(Object.keys({ ...ONE, symbol: '' }).sort((a, b) => order(a) - order(b)));
  for (const [, value] of keys) expect(typeof value === 'object' ? value.description : '').toMatch(/\.$/);

  function order(key: string): number {
    return keys.findIndex(([name]) => name === key);
  }
});
