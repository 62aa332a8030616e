import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { MutationTestResult } from 'mutation-testing-report-schema/api';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import type { MutantResult, MutantStatus } from '../../../../src/engine/mutation/mutant.ts';
import { joinDocuments, mutationDocument } from '../../../../src/engine/report/mutation-json.ts';
import { sha256 } from '../line-language.ts';
import { ADDS, CART, mutantOf, resultOf } from './mutants.ts';

const FILE = createRequire(import.meta.url).resolve(
  'mutation-testing-report-schema/mutation-testing-report-schema.json',
);
const SCHEMA = z.fromJSONSchema(JSON.parse(readFileSync(FILE, 'utf8')));

const BOUNDARY = mutantOf('sum ‸>', '>=', { id: 'm-0000000001' });
const TOTAL = mutantOf('return ‸sum', '0', { id: 'm-0000000002', atLoad: true, symbol: '' });

function document(...results: readonly MutantResult[]): MutationTestResult {
  const sources = new Map([['src/cart.ts', CART]]);
  const common = { config: DEFAULT_CONFIG.mutation, root: '/repository', version: '1.2.3', digest: sha256 };
  return mutationDocument({ results, sources, ...common });
}

describe('the document in the public schema', () => {
  it('is valid, and the schema would refuse what is not', () => {
    const valid = document(resultOf(BOUNDARY, 'survived'), resultOf(TOTAL, 'killed'));
    expect(SCHEMA.safeParse(valid).error).toBeUndefined();
    expect(SCHEMA.safeParse(document()).error).toBeUndefined();
    const spoilt = JSON.parse(JSON.stringify(valid).replace('"Survived"', '"survived"'));
    expect(SCHEMA.safeParse(spoilt).success).toBe(false);
  });

  it('holds the source, each mutant, and each test once', () => {
    const { files, testFiles, ...rest } = document(resultOf(BOUNDARY, 'survived'), resultOf(TOTAL, 'killed'));
    const [adds, limits] = testFiles?.['test/cart.test.ts']?.tests ?? [];
    expect([adds?.name, limits?.name]).toEqual(['total > adds', 'total > stays below the limit']);
    expect(Object.keys(testFiles ?? {})).toEqual(['test/cart.test.ts']);
    expect(files['src/cart.ts']).toEqual({
      language: 'typescript',
      source: CART,
      mutants: [
        {
          id: 'm-0000000001',
          mutatorName: 'comparison-boundary',
          replacement: '>=',
          location: { start: { line: 3, column: 11 }, end: { line: 3, column: 12 } },
          status: 'Survived',
          static: false,
          duration: 12,
          coveredBy: [adds?.id, limits?.id],
          killedBy: [],
          description: 'in total',
        },
        expect.objectContaining({ id: 'm-0000000002', status: 'Killed', static: true, killedBy: [limits?.id] }),
      ],
    });
    expect(rest).toMatchObject({
      schemaVersion: '2.0',
      projectRoot: '/repository',
      framework: { name: 'Downforce', version: '1.2.3' },
      config: { max: 12 },
    });
  });

  it.each<[MutantStatus, string]>([
    ['killed', 'Killed'],
    ['survived', 'Survived'],
    ['no-coverage', 'NoCoverage'],
    ['timeout', 'Timeout'],
    ['compile-error', 'CompileError'],
    ['equivalent', 'Ignored'],
    ['ignored', 'Ignored'],
    ['error', 'RuntimeError'],
    ['pending', 'Pending'],
  ])('%s is %s there', (status, expected) => {
    expect(document(resultOf(BOUNDARY, status)).files['src/cart.ts']?.mutants[0]?.status).toBe(expected);
  });

  it.each([
    ['a.js', 'javascript'],
    ['a.mjs', 'javascript'],
    ['a.jsx', 'javascript'],
    ['a.tsx', 'typescript'],
    ['a.cts', 'typescript'],
  ])('%s is %s to a highlighter', (path, language) => {
    expect(document(resultOf({ ...BOUNDARY, path }, 'killed')).files[path]?.language).toBe(language);
  });

  it('keeps tests that say no file', () => {
    const anywhere = { file: '', name: 'TestCart' };
    const { testFiles } = document(resultOf(BOUNDARY, 'survived', { coveredBy: [anywhere, ADDS] }));
    expect(testFiles?.['(tests)']?.tests.map(({ name }) => name)).toEqual(['TestCart']);
  });

  it('of parts is the document of the whole', () => {
    const uncovered = resultOf(mutantOf('warn(sum);', ''), 'no-coverage');
    const other = resultOf({ ...TOTAL, id: 'm-0000000003', path: 'src/a.ts' }, 'timeout');
    const [one, two] = [resultOf(BOUNDARY, 'survived'), resultOf(TOTAL, 'killed')];
    const whole = document(one, uncovered, two, other);
    expect(joinDocuments([document(one, uncovered), document(uncovered, two, other)])).toEqual(whole);
    expect(joinDocuments([])).toBeUndefined();
  });
});
