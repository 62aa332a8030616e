import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CALL = /l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
const sources = globSync('src/client/*.ts').map((file) => readFileSync(file, 'utf8'));
const said = sources.flatMap((text) =>
  [...text.matchAll(CALL)].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1')),
);
const bundle: Readonly<Record<string, string>> = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8'));

describe('the words of the client', () => {
  it('are all in the bundle that translations start from, and no others', () => {
    expect(Object.keys(bundle)).toEqual([...new Set(said)].sort());
  });

  it('stand there for themselves', () => {
    for (const [key, value] of Object.entries(bundle)) expect(value).toBe(key);
  });

  it('are written where they can be found: no call of l10n.t has anything but a literal', () => {
    const calls = sources.join('\n').match(/l10n\.t\(/g) ?? [];
    expect(said).toHaveLength(calls.length);
  });
});
