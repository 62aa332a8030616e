import { readFileSync } from 'node:fs';

const WORD = /^ {4}(\w+): l10n\.t\(\s*'((?:[^'\\]|\\.)*)',?\s*\)/gm;

/** The panel's words as the extension has them, read without an editor. */
export function readWords(): Readonly<Record<string, string>> {
  const source = readFileSync('src/client/relay-words.ts', 'utf8');
  return Object.fromEntries(
    [...source.matchAll(WORD)].map(([, key = '', text = '']) => [key, text.replace(/\\(.)/g, '$1')]),
  );
}
