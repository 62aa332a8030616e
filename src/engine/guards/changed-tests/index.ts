import type { RawFinding } from '../../../protocol/finding.ts';
import { plural } from '../../text.ts';
import { type ChangedText, changedTexts, NO_BASE } from '../changed-texts.ts';
import type { Guard, GuardContext, GuardReport } from '../guard.ts';
import { rangeOf } from '../place.ts';
import { hasTests, scopesAround } from './reach.ts';
import { type RuntimeChange, runtimeChange } from './runtime-change.ts';
import { isTestMaterial, mayRun } from './source-kinds.ts';
import { type TestChange, testChange } from './test-change.ts';

/** What runs has changed, and no test has in anything that runs. */
export const changedTests: Guard = {
  id: 'changed-tests',
  async inspect(context, signal) {
    if (context.change.base === undefined) return { findings: [], examined: 0, idle: NO_BASE };
    return inspect(context, signal);
  },
};

async function inspect(context: GuardContext, signal: AbortSignal): Promise<GuardReport> {
  const reads = (path: string): boolean => context.languages.some((language) => language.matches(path));
  const isSource = (path: string): boolean => reads(path) && mayRun(path);
  const changed = changedTexts(context, (path) => isSource(path) || isTestMaterial(path));
  const runtime: RuntimeChange[] = [];
  const tests: TestChange[] = [];
  for (const file of changed) {
    const source = isSource(file.path) || (file.head === undefined && isSource(file.basePath));
    const own = source ? await runtimeChange(file, context) : undefined;
    if (own !== undefined) runtime.push(own);
    const test = await testChange(file, context, source);
    if (test !== undefined) tests.push(test);
    signal.throwIfAborted();
  }
  if (changed.length === 0) return { findings: [], examined: 0, idle: 'no source and no test changed' };
  return judge(context, changed, runtime, tests);
}

function judge(
  context: GuardContext,
  changed: readonly ChangedText[],
  runtime: readonly RuntimeChange[],
  tests: readonly TestChange[],
): GuardReport {
  const findings: RawFinding[] = [];
  const untested: string[] = [];
  const byScope = Map.groupBy(runtime, ({ file }) => context.scopes.of(file.path)?.id ?? '');
  for (const [scope, changes] of byScope) {
    const around = scopesAround(scope, context.scopes);
    const shrinks = changes.every(({ difference }) => difference.added.length === 0);
    const tested = tests.some((test) => (test.grows || shrinks) && around.has(context.scopes.of(test.path)?.id ?? ''));
    if (tested) continue;
    if (hasTests(context, around)) findings.push(report(scope, changes));
    else untested.push(scope);
  }
  if (findings.length === 0 && untested.length === byScope.size && untested.length > 0)
    return { findings, examined: 0, idle: 'no test file in what changed' };
  return { findings, examined: changed.length };
}

const SHOWN = 3;

function report(scope: string, changes: readonly RuntimeChange[]): RawFinding {
  const [first] = changes;
  const files = changes.map(({ file, symbols }) => ({ path: file.path, symbols }));
  const named = files.slice(0, SHOWN).map(({ path, symbols }) => {
    const more = symbols.length > SHOWN ? ` and ${symbols.length - SHOWN} more` : '';
    return symbols.length === 0 ? path : `${symbols.slice(0, SHOWN).join(', ')}${more} in ${path}`;
  });
  const rest = files.length > SHOWN ? ` and ${plural(files.length - SHOWN, 'more file')}` : '';
  const range = first === undefined ? undefined : rangeAt(first);
  return {
    code: 'tests/unchanged',
    severity: 'error',
    path: first?.file.path ?? '',
    ...(range === undefined ? {} : { range }),
    message: `${named.join('; ')}${rest}: what runs has changed, and no test did`,
    data: { scope, files },
  };
}

function rangeAt({ file, difference }: RuntimeChange): RawFinding['range'] {
  if (file.head === undefined) return undefined;
  const start = difference.first?.start ?? 0;
  const end = file.head.indexOf('\n', start);
  return rangeOf(file.head, start, end < 0 ? file.head.length : end);
}
