import type { Parser } from '../checks/format.ts';
import { parseReport } from './jest-report.ts';
import { guard } from './verdict.ts';

/**
 * `vitest run --reporter=default --reporter=json --outputFile.json=REPORT [--includeTaskLocation]`.
 * The report knows nothing of unhandled errors; the default reporter puts them on stderr.
 */
export const parseVitestJson: Parser = guard('vitest-json', parseReport);
