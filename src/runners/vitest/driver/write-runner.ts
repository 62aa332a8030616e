import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

let runners = 0;

/** Writes a module that ties our runner to the one it replaces; its path. */
export function writeRunner(dist: string, own: string | undefined, round: string, scratch: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const urlOf = (path: string): string => JSON.stringify(pathToFileURL(path).href);
  // Since 4.1 it is an export of the main entry; before, of one that is gone in 5.
  const isMain = /\bas TestRunner\b/.test(readFileSync(join(dist, 'index.js'), 'utf8'));
  const base = isMain
    ? `{ TestRunner as Base } from ${urlOf(join(dist, 'index.js'))}`
    : `{ VitestTestRunner as Base } from ${urlOf(join(dist, 'runners.js'))}`;
  const file = join(scratch, `runner-${++runners}.mjs`);
  const lines = [
    `import { createRunner } from ${urlOf(join(here, 'vitest-worker.mjs'))};`,
    own === undefined ? `import ${base};` : `import Base from ${JSON.stringify(own)};`,
    isMain ? `import { TestRunner } from ${urlOf(join(dist, 'index.js'))};` : '',
    isMain ? 'const getFn = TestRunner.getTestFn;' : `import { getFn } from ${urlOf(join(dist, 'suite.js'))};`,
    `export default createRunner(Base, getFn, ${JSON.stringify(round)});`,
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}
