import { expect, test } from 'vitest';
import { type FormatId, PARSERS } from '../../../../src/engine/parsers/index.ts';
import { countEffort } from '../../../effort.ts';
import { fixture, parse, toolOutput } from './tool-output.ts';

const formats = (Object.keys(PARSERS) as FormatId[]).filter((format) => format !== 'exit-code');
const structured = formats.filter((format) => !['mypy', 'tsc', 'go-vet'].includes(format));

const garbage: Readonly<Record<string, string>> = {
  nothing: '',
  blanks: ' \n\t\n',
  'plain words': 'segmentation fault\n',
  'half a document': '[{"filePath": "a.js", "messages": [{"ru',
  'a number': '17',
  'a text': '"text"',
  nulls: '[null]',
  'an empty object': '{}',
  'an error page': '<html><body>502</body></html>',
  'binary noise': '\u0000\ufffd\u001b[\u0007'.repeat(50),
};

test.each(structured)('%s takes no garbage for a pass', (format) => {
  for (const [name, text] of Object.entries(garbage)) {
    for (const exitCode of [0, 1]) {
      expect(parse(format, { stdout: text, reports: [text], exitCode }), `${name}, exit ${exitCode}`).toMatchObject({
        kind: 'unparseable',
        reason: expect.stringContaining(format),
      });
    }
  }
});

test.each(['mypy', 'tsc', 'go-vet'] as const)('%s takes no garbage of a failing tool for a pass', (format) => {
  for (const [name, text] of Object.entries(garbage)) {
    expect(parse(format, { stdout: text }), name).toMatchObject({ kind: 'unparseable' });
  }
});

test.each(formats)('%s does not trust what was cut', (format) => {
  expect(parse(format, { stdout: '[]', reports: ['[]'], exitCode: 0, truncated: true })).toMatchObject({
    kind: 'unparseable',
    reason: expect.stringContaining('cut'),
  });
});

const captures: Readonly<Record<string, readonly FormatId[]>> = {
  'eslint.json': ['eslint-json'],
  'oxlint.json': ['oxlint-json'],
  'biome.json.txt': ['biome'],
  'ruff.json': ['ruff-json'],
  'pyright.json': ['pyright'],
  'bandit.json': ['bandit-json'],
  'golangci-typecheck.json': ['golangci-json'],
  'vitest.json': ['vitest-json', 'jest-json'],
  'jest.json': ['vitest-json', 'jest-json'],
  'mocha.json': ['mocha-json'],
  'gitleaks.sarif': ['sarif'],
};

/** Every value in turn replaced by one of another type. */
function* mutilate(value: unknown): Generator<unknown> {
  for (const other of [null, 7, 'text', [], {}, [[]], -1e308]) yield other;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const changed of mutilate(inner)) {
      yield Array.isArray(value)
        ? value.map((one, at) => (String(at) === key ? changed : one))
        : { ...value, [key]: changed };
    }
  }
}

test.each(Object.entries(captures))('%s with wrong types inside is read or refused, never thrown at', (name, ids) => {
  let seen = 0;
  for (const document of mutilate(JSON.parse(fixture(name)))) {
    if (seen++ % 7 !== 0 && seen > 500) continue;
    const stdout = JSON.stringify(document);
    for (const id of ids) {
      const parsed = PARSERS[id](toolOutput({ stdout }));
      if (parsed.kind === 'parsed') {
        for (const { code, message, path, range } of parsed.findings) {
          expect([typeof code, typeof message, typeof path]).toEqual(['string', 'string', 'string']);
          expect(message.length).toBeLessThanOrEqual(400);
          if (range) expect(range.start.line >= 1 && range.start.column >= 1).toBe(true);
        }
      }
    }
  }
  expect(seen).toBeGreaterThan(50);
});

const huge = [
  'x'.repeat(2_000_000),
  '{"stats":'.repeat(50_000),
  '"'.repeat(500_000),
  `${'('.repeat(200_000)}1,2): error TS1: x`,
  'a:'.repeat(200_000),
  `{"stats":"${'\\'.repeat(500_000)}`,
  `not ok - ${'# '.repeat(100_000)}`,
  `${' '.repeat(8_000)}ok`,
  '<a>'.repeat(50_000),
];

test.each(formats)('%s is quick about huge lines', (format) => {
  const effort = countEffort();
  for (const text of huge) {
    for (const given of [{ stdout: text }, { stderr: text }, { reports: [text] }]) parse(format, given);
  }
  expect(effort()).toBeLessThan(500);
});
