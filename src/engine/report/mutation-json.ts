import type * as schema from 'mutation-testing-report-schema/api';
import type { MutationConfig } from '../../protocol/config.ts';
import type { MutantResult, MutantStatus, TestName } from '../mutation/mutant.ts';
import type { Digest } from '../ports.ts';

export interface MutationDocumentInput {
  readonly results: readonly MutantResult[];
  /** Texts of the mutated files by path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly config: MutationConfig;
  /** Absolute. */
  readonly root: string;
  /** Downforce's. */
  readonly version: string;
  readonly digest: Digest;
}

const STATUS: Readonly<Record<MutantStatus, schema.MutantStatus>> = {
  killed: 'Killed',
  survived: 'Survived',
  'no-coverage': 'NoCoverage',
  timeout: 'Timeout',
  'compile-error': 'CompileError',
  equivalent: 'Ignored',
  ignored: 'Ignored',
  error: 'RuntimeError',
  pending: 'Pending',
};

/** The report in the public schema, mutation-testing-report-schema 2.0, which other tools read and show. */
export function mutationDocument(input: MutationDocumentInput): schema.MutationTestResult {
  const idOf = testIds(input.digest);
  const tests = input.results.flatMap(({ coveredBy, killedBy }) => [...coveredBy, ...killedBy]);
  const byPath = Map.groupBy(input.results, ({ mutant }) => mutant.path);
  const files = [...byPath].sort(byName).map(([path, results]) => {
    const language = languageOf(path, results[0]?.mutant.language ?? '');
    const mutants = results.map((result) => mutantOf(result, idOf));
    return [path, { language, source: input.sources.get(path) ?? '', mutants }] as const;
  });
  return {
    schemaVersion: '2.0',
    thresholds: { high: 100, low: 80 },
    projectRoot: input.root,
    files: Object.fromEntries(files),
    testFiles: testFiles(tests, idOf),
    framework: { name: 'Downforce', version: input.version },
    config: { ...input.config },
  };
}

/** As highlighters call it. */
function languageOf(path: string, language: string): string {
  return language === 'typescript' && /\.[cm]?jsx?$/.test(path) ? 'javascript' : language;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

type IdOf = (test: TestName) => string;

/** Made of what the test is called, so that parts of one run agree. */
function testIds(digest: Digest): IdOf {
  const ids = new Map<string, string>();
  return ({ file, name }) => {
    const key = `${file}\0${name}`;
    const id = ids.get(key) ?? digest(key).slice(0, 12);
    ids.set(key, id);
    return id;
  };
}

function mutantOf({ mutant, status, reason, ...result }: MutantResult, idOf: IdOf): schema.MutantResult {
  const why = reason ?? (status === 'equivalent' ? 'the same program' : undefined);
  return {
    id: mutant.id,
    mutatorName: mutant.operator,
    replacement: mutant.edit.text,
    location: mutant.range,
    status: STATUS[status],
    static: mutant.atLoad,
    duration: Math.round(result.durationMs),
    coveredBy: [...new Set(result.coveredBy.map(idOf))],
    killedBy: [...new Set(result.killedBy.map(idOf))],
    ...(mutant.symbol === '' ? {} : { description: `in ${mutant.symbol}` }),
    ...(why === undefined ? {} : { statusReason: why }),
  };
}

/** What runs without saying where it stands. */
const NO_FILE = '(tests)';

function testFiles(tests: readonly TestName[], idOf: IdOf): schema.TestFileDefinitionDictionary {
  const byFile = Map.groupBy(tests, ({ file }) => (file === '' ? NO_FILE : file));
  return Object.fromEntries(
    [...byFile].sort(byName).map(([file, own]): [string, schema.TestFile] => {
      return [file, { tests: unique(own.map((test) => ({ id: idOf(test), name: test.name }))) }];
    }),
  );
}

/** Documents of the parts of one run as one; of a mutant that several speak of, the first word counts. */
export function joinDocuments(documents: readonly schema.MutationTestResult[]): schema.MutationTestResult | undefined {
  const [first] = documents;
  if (first === undefined) return undefined;
  const files = joined(
    documents.map((document) => document.files),
    (a, b) => ({ ...a, mutants: unique([...a.mutants, ...b.mutants]) }),
  );
  const tests = joined(
    documents.map((document) => document.testFiles ?? {}),
    (a, b) => ({ ...a, tests: unique([...a.tests, ...b.tests]) }),
  );
  return { ...first, files, testFiles: tests };
}

function joined<T>(records: readonly Readonly<Record<string, T>>[], join: (a: T, b: T) => T): Record<string, T> {
  const all = new Map<string, T>();
  for (const [name, one] of records.flatMap((record) => Object.entries(record))) {
    const known = all.get(name);
    all.set(name, known === undefined ? one : join(known, one));
  }
  return Object.fromEntries([...all].sort(byName));
}

function unique<T extends { readonly id: string }>(items: readonly T[]): T[] {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(item.id)) first.set(item.id, item);
  return [...first.values()];
}
