import type { Check } from '../checks/check.ts';
import type { SourceGraph } from '../graph/import-graph.ts';
import type { Digest, Store, Toolbox, Tree } from '../ports.ts';
import type { NumberedMutant, TestRun, Try } from './mutant-runner.ts';
import type { Testimony } from './verdict.ts';

export interface TryCacheInputs {
  readonly tree: Tree;
  readonly graph: SourceGraph;
  /** Of all checks. */
  readonly checks: readonly Check[];
  readonly store: Store;
  readonly digest: Digest;
  readonly toolbox: Toolbox;
  /** Identity of files that git ignores and a test may read; undefined where it cannot be told: nothing is cached. */
  readonly ambient: string | undefined;
  env(name: string): string | undefined;
  readonly version: string;
}

/** What is known of a check's tests from before. */
export interface KnownTries {
  /** Of the given test files those whose content, and all they can see, is as it was. */
  readonly fresh: ReadonlySet<string>;
  readonly testimony: Testimony;
  /** Keeps what is known now; `files` are all that were asked for. */
  keep(testimony: Testimony, files: readonly string[]): void;
}

interface Stored {
  readonly base: string;
  /** By test file the digest of it and of the test files it needs. */
  readonly files: Readonly<Record<string, string>>;
  readonly coverage: Testimony['coverage'];
  /** Mutants by id instead of number. */
  readonly tests: readonly (Omit<TestRun, 'reaches'> & { readonly reaches: readonly string[] })[];
  readonly loads: Readonly<Record<string, readonly string[]>>;
  readonly tries: readonly (Omit<Try, 'number'> & { readonly mutant: string })[];
}

const COMMON_ENV = ['NODE_ENV', 'NODE_OPTIONS', 'PATH', 'TZ', 'LANG', 'LC_ALL'];

/**
 * Tries of unchanged (code, tests, mutant). A test file sees everything but the other test files, except those it imports; so a
 * change of one test file leaves what was found with the others.
 */
export function openTryCache(
  check: Check,
  files: readonly string[],
  mutants: readonly NumberedMutant[],
  inputs: TryCacheInputs,
): KnownTries {
  const name = `cache/mutation/${inputs.digest(check.id).slice(0, 16)}.json`;
  const isTestCode = testCodeOf(mutants, inputs);
  const base = baseKey(check, mutants, isTestCode, inputs);
  const stored = base === undefined ? undefined : parse(inputs.store.read(name));
  const digests = new Map(files.map((file) => [file, fileKey(file, isTestCode, inputs)]));
  const usable = stored !== undefined && stored.base === base ? stored : undefined;
  const same = (file: string): boolean => usable?.files[file] !== undefined && usable.files[file] === digests.get(file);
  const fresh = freshFiles(usable, files, same);
  return {
    fresh,
    testimony: usable === undefined ? NOTHING : recall(usable, fresh, mutants),
    keep: (testimony, asked) => {
      if (base === undefined) return;
      const kept: Stored = {
        base,
        files: Object.fromEntries(asked.map((file) => [file, fileKey(file, isTestCode, inputs)])),
        ...toStored(testimony, mutants),
      };
      inputs.store.write(name, JSON.stringify(kept));
    },
  };
}

/** What the tests have no part in. */
const TESTLESS: readonly Try['status'][] = ['compile-error', 'equivalent'];

const NOTHING: Testimony = { tests: [], loads: new Map(), tries: [], coverage: 'known' };

/** Where tries speak of all test files at once, one changed file makes all of them stale. */
function freshFiles(
  usable: Stored | undefined,
  files: readonly string[],
  same: (file: string) => boolean,
): ReadonlySet<string> {
  if (usable === undefined) return new Set();
  const joint = usable.tries.some(({ file, status }) => file === '' && !TESTLESS.includes(status));
  const asBefore = files.length === Object.keys(usable.files).length && files.every(same);
  if (joint || files.length === 0) return new Set(asBefore ? files : []);
  return new Set(files.filter(same));
}

function recall(usable: Stored, fresh: ReadonlySet<string>, mutants: readonly NumberedMutant[]): Testimony {
  const numbers = new Map(mutants.map((mutant) => [mutant.id, mutant.number]));
  const known = (ids: readonly string[]): number[] => ids.flatMap((id) => numbers.get(id) ?? []);
  const counts = (file: string): boolean => fresh.has(file) || (file === '' && fresh.size > 0);
  return {
    tests: usable.tests.filter((test) => counts(test.file)).map((test) => ({ ...test, reaches: known(test.reaches) })),
    loads: new Map(
      Object.entries(usable.loads)
        .filter(([file]) => counts(file))
        .map(([file, ids]) => [file, known(ids)]),
    ),
    tries: usable.tries
      .filter((result) => counts(result.file))
      .flatMap(({ mutant, ...result }) => known([mutant]).map((number) => ({ ...result, number }))),
    coverage: usable.coverage,
  };
}

function toStored(
  { tests, loads, tries, coverage }: Testimony,
  mutants: readonly NumberedMutant[],
): Omit<Stored, 'base' | 'files'> {
  const ids = new Map(mutants.map((mutant) => [mutant.number, mutant.id]));
  const named = (numbers: readonly number[]): string[] => numbers.flatMap((number) => ids.get(number) ?? []);
  return {
    coverage,
    tests: tests.map((test) => ({ ...test, reaches: named(test.reaches) })),
    loads: Object.fromEntries([...loads].map(([file, numbers]) => [file, named(numbers)])),
    // What could not be judged is asked again.
    tries: tries
      .filter((result) => result.status !== 'error' && result.unsure === undefined)
      .flatMap(({ number, ...result }) => named([number]).map((mutant) => ({ ...result, mutant }))),
  };
}

type IsTestCode = (path: string) => boolean;

/** What only those tests see that import it. What checks cover beside code (data that tests read) may be anyone's. */
function testCodeOf(mutants: readonly NumberedMutant[], { checks, graph }: TryCacheInputs): IsTestCode {
  const sources = new Set(mutants.map((mutant) => mutant.path));
  const tests = checks.filter(({ kind }) => kind === 'test');
  return (path) => {
    const index = graph.indexOf(path);
    if (index === undefined || !graph.isSource(index) || sources.has(path)) return false;
    return tests.some((check) => check.covers(path));
  };
}

/** Everything a test of the check may see besides test files; undefined where an input cannot be named. */
function baseKey(
  check: Check,
  mutants: readonly NumberedMutant[],
  isTestCode: IsTestCode,
  inputs: TryCacheInputs,
): string | undefined {
  const { tree, toolbox, ambient } = inputs;
  const tools = check.executables.map((executable) => toolbox.identity(executable));
  if (ambient === undefined || tools.length === 0 || tools.includes(undefined)) return undefined;
  const files: string[] = [];
  for (const path of tree.paths) {
    if (isTestCode(path)) continue;
    const digest = tree.digest(path);
    if (digest === undefined) return undefined;
    files.push(`${digest} ${path}`);
  }
  const invocation = check.invoke({ kind: 'all' }, '/scratch');
  const command = invocation.kind === 'run' ? [invocation.argv, invocation.env ?? {}] : [];
  const env = [...new Set([...COMMON_ENV, ...check.env])].map((name) => [name, inputs.env(name) ?? null]);
  const parts = [
    inputs.version,
    check.id,
    check.cwd,
    command,
    tools,
    env,
    ambient,
    mutants.map((mutant) => mutant.id).sort(),
    files,
  ];
  return inputs.digest(JSON.stringify(parts));
}

/** A test file with the test files it imports, however far. */
function fileKey(file: string, isTestCode: IsTestCode, { graph, tree, digest }: TryCacheInputs): string {
  const seen = new Set([file]);
  for (const path of seen) {
    const index = graph.indexOf(path);
    if (index === undefined) continue;
    for (const dependency of graph.dependencies(index)) seen.add(graph.paths[dependency] ?? '');
  }
  const needed = [...seen].filter((path) => path === file || isTestCode(path)).sort();
  return digest(needed.map((path) => `${tree.digest(path) ?? '?'} ${path}`).join('\n')).slice(0, 24);
}

function parse(text: string | undefined): Stored | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Stored> | null;
    const whole = typeof value?.base === 'string' && Array.isArray(value.tests) && Array.isArray(value.tries);
    return whole && value.files !== undefined && value.loads !== undefined ? (value as Stored) : undefined;
  } catch {
    // Half a file is no verdict.
    return undefined;
  }
}
