import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseWords, say, WORDS } from '../../../src/webview/relay/words.ts';
import { readWords } from '../webview/read-words.ts';

const words = readWords();
const page = globSync('src/webview/relay/*.ts')
  .filter((file) => !file.endsWith('/words.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

describe('the words of the panel', () => {
  it('are handed over by the extension, each and no other', () => {
    expect(Object.keys(words).sort()).toEqual([...WORDS].sort());
  });

  it('are each said somewhere', () => {
    expect(WORDS.filter((word) => !page.includes(`'${word}'`))).toEqual([]);
  });

  it('are filled in, also twice, and never from what was filled in', () => {
    expect(say({ moved: '“{0}” is now {1} of {2}.' }, 'moved', '{1}', 2, 6)).toBe('“{1}” is now 2 of 6.');
    expect(say({ moved: '{0} {0} {3}' }, 'moved', 'a')).toBe('a a {3}');
  });

  it('are shown by their name where they are missing, and nothing else is taken for one', () => {
    expect(say(parseWords('{"title": 5, "x": "y"}'), 'title')).toBe('title');
    expect(parseWords('null')).toEqual({});
    expect(parseWords('{"title":"T","__proto__":"x"}')).toEqual({ title: 'T' });
  });
});
