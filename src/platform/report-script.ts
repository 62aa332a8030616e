import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'mutation-test-elements.js';

/** Text of the script that shows a report of mutants in a browser; undefined where it was not built. */
export function readReportScript(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  // From the bundle's own folder, from its chunks, and from src/platform when tests run the sources.
  for (const up of ['.', '..', join('..', '..', 'dist')]) {
    try {
      return readFileSync(join(here, up, 'report', NAME), 'utf8');
    } catch {
      // Not there: the next place.
    }
  }
  return undefined;
}
