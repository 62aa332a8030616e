import type { GuardLevel } from '../../protocol/config.ts';
import type { Finding, Severity } from '../../protocol/finding.ts';
import { complete } from '../checks/judge.ts';
import { rangeOf } from '../guards/place.ts';
import type { Mutant, MutantResult, TestName } from '../mutation/mutant.ts';
import type { Digest } from '../ports.ts';
import { cut, oneLine, plural } from '../text.ts';
import { mutantDiff } from './mutant-diff.ts';

export interface FindingContext {
  /** Texts of the mutated files by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** What becomes of lines that no test runs. */
  readonly noCoverage: GuardLevel;
  readonly digest: Digest;
  scopeOf(path: string): string;
}

const MAX_TESTS = 10;

/** What a person has to look at: survivors, and lines that no test runs. */
export function mutantFindings(results: readonly MutantResult[], context: FindingContext): readonly Finding[] {
  const survivors = results.filter(({ status }) => status === 'survived').map((result) => survived(result, context));
  if (context.noCoverage === 'off') return survivors;
  const severity = context.noCoverage === 'block' ? 'error' : 'warning';
  const silent = results.filter(({ status }) => status === 'no-coverage').map(({ mutant }) => mutant);
  return [...survivors, ...groupLines(silent).map((group) => uncovered(group, severity, context))];
}

function survived({ mutant, coveredBy, reason }: MutantResult, context: FindingContext): Finding {
  const { id, path, operator, symbol, original, edit, range } = mutant;
  const text = context.sources.get(path) ?? '';
  const tests = coveredBy.slice(0, MAX_TESTS);
  return {
    code: 'mutant/survived',
    severity: 'error',
    path,
    range,
    message: `${wordsOf(mutant)} survived: ${witnesses(coveredBy)} (${id})`,
    scope: context.scopeOf(path),
    fingerprint: id,
    data: {
      id,
      operator,
      symbol,
      original,
      replacement: edit.text,
      diff: mutantDiff(text, mutant),
      tests,
      omitted_tests: coveredBy.length - tests.length,
      ...(reason === undefined ? {} : { reason }),
      advice: `make ${nearestFile(coveredBy)} fail with this change, then \`downforce mutate --only ${id}\``,
    },
  };
}

/** The change in words of code: `>` → `>=`. */
export function wordsOf({ original, edit }: Pick<Mutant, 'original' | 'edit'>): string {
  const [from, to] = [original, edit.text].map(quoted);
  if (edit.text.trim() === '') return `${from} removed`;
  return original.trim() === '' ? `${to} added` : `${from} → ${to}`;
}

const MAX_WORDS = 60;

function quoted(code: string): string {
  return `\`${cut(oneLine(code.trim().replace(/\s+/g, ' ')), MAX_WORDS)}\``;
}

function witnesses(tests: readonly TestName[]): string {
  if (tests.length === 0) return 'no test noticed';
  return tests.length === 1 ? '1 test ran this and did not notice' : `${tests.length} tests ran this and none noticed`;
}

function nearestFile(tests: readonly TestName[]): string {
  return tests.find(({ file }) => file !== '')?.file ?? 'a test';
}

/** Mutants of one definition on consecutive lines. */
function groupLines(mutants: readonly Mutant[]): readonly (readonly Mutant[])[] {
  const sorted = [...mutants].sort(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.edit.start - b.edit.start,
  );
  const groups: Mutant[][] = [];
  for (const mutant of sorted) {
    const last = groups.at(-1)?.at(-1);
    const joins =
      last?.path === mutant.path && last.symbol === mutant.symbol && mutant.range.start.line <= last.range.end.line + 1;
    if (joins) groups.at(-1)?.push(mutant);
    else groups.push([mutant]);
  }
  return groups;
}

function uncovered(group: readonly Mutant[], severity: Severity, context: FindingContext): Finding {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a group has members');
  const { path, symbol, range } = first;
  const text = context.sources.get(path) ?? '';
  const end = lineEnd(text, last.edit.end);
  const lines = last.range.end.line - range.start.line + 1;
  const where = symbol === '' ? '' : ` of ${symbol}`;
  const ids = group.map(({ id }) => id);
  const message = `no test runs ${lines === 1 ? 'this line' : `these ${plural(lines, 'line')}`}${where} (${ids[0]}${ids.length > 1 ? ` and ${ids.length - 1} more` : ''})`;
  const raw = {
    code: 'mutant/no-coverage',
    severity,
    path,
    range: { start: range.start, end: rangeOf(text, end, end).end },
    message,
    data: { symbol, mutants: ids, advice: `add a test that runs ${symbol === '' ? path : symbol}` },
  } as const;
  return {
    ...complete(raw, { scope: context.scopeOf(path), tool: 'downforce' }, context.digest),
    fingerprint: ids[0] ?? '',
  };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end - (text.charAt(end - 1) === '\r' ? 1 : 0);
}
