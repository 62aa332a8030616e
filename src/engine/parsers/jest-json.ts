import type { Parser } from '../checks/format.ts';
import { parseReport } from './jest-report.ts';
import { guard } from './verdict.ts';

/** `jest --json [--outputFile=REPORT] [--testLocationInResults]` */
export const parseJestJson: Parser = guard('jest-json', parseReport);
