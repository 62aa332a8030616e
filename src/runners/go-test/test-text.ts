import { RUNTIME } from './runtime-text.ts';
import { withImport } from './schemata-text.ts';
import { blankLiterals } from './source-text.ts';

const TEST = /^func ((?:Test|Fuzz|Example)\w*)\([^)\n]*\)[ \t]*\{/gm;

/** Names of the tests, fuzz tests and examples of a file. */
export function testNames(text: string): readonly string[] {
  return [...blankLiterals(text).matchAll(TEST)].flatMap(([, name]) =>
    name === undefined || name === 'TestMain' ? [] : [name],
  );
}

/** The text of a test file in which each test says that it begins and ends; undefined where there is none. */
export function announceTests(text: string, runtime: string, file: string): string | undefined {
  const found = [...blankLiterals(text).matchAll(TEST)].filter(([, name]) => name !== 'TestMain');
  if (found.length === 0) return undefined;
  let result = '';
  let at = 0;
  for (const match of found) {
    const end = match.index + match[0].length;
    result += `${text.slice(at, end)}defer ${RUNTIME}.Test(${JSON.stringify(match[1])})();`;
    at = end;
  }
  return withImport(result + text.slice(at), runtime, file);
}
