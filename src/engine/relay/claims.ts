import { plural } from '../text.ts';
import { type Claim, type ClaimKind, findClaims } from './claim-patterns.ts';
import type { CheckVerdict, RelayFacts } from './facts.ts';
import { whenOf } from './item.ts';
import { code, codes, moment } from './quote.ts';

/** What the harness knows of a claim; `unknowable` where the repository has nothing that could tell. Silence is no agreement. */
export interface Answer {
  readonly kind: 'contradicted' | 'unverified' | 'unknowable' | 'agreed';
  readonly text: string;
}

/** Every claim of a line with its answer, the worst first. */
export function judgeClaims(line: string, facts: RelayFacts): readonly (Answer & { readonly claim: string })[] {
  const answers = findClaims(line).map((claim) => ({ ...judge(claim, facts), claim: claim.said }));
  const rank = { contradicted: 0, unverified: 1, unknowable: 2, agreed: 3 } as const;
  return answers.sort((a, b) => rank[a.kind] - rank[b.kind]);
}

function judge({ kind, text }: Claim, facts: RelayFacts): Answer {
  switch (kind) {
    case 'tests':
      return byChecks(['test'], text, facts);
    case 'lint':
      return byChecks(['lint'], text, facts);
    case 'types':
      return byChecks(['types'], text, facts);
    case 'build':
      return byChecks(['build', 'types'], text, facts);
    case 'everything':
      return everything(text, facts);
    case 'mutants':
      return mutants(facts);
    case 'coverage':
      return coverage(facts);
    case 'reminders':
      return reminders(facts);
    case 'tests-added':
      return testsAdded(facts);
    case 'suppressions':
      return byGuard('suppressions', facts);
    case 'committed':
      return committed(facts);
    case 'pushed':
      return pushed(facts);
    case 'conflicts':
      return conflicts(facts);
    case 'finished':
      return finished(facts);
    default:
      return kind satisfies never;
  }
}

const SHOWN = 4;
const FAILED: readonly CheckVerdict['status'][] = ['fail', 'error', 'timeout', 'cancelled'];

/** By the checks of some kinds; where the claim names one of them or its scope, by that alone. */
function byChecks(kinds: readonly string[], claim: string, facts: RelayFacts): Answer {
  const isKind = (id: string): boolean => kinds.includes(id.split(':')[0] ?? '');
  const ids = new Set([...facts.called, ...facts.verdicts].map(({ id }) => id).filter(isKind));
  const wanted = named([...ids], claim);
  const known = facts.verdicts.filter(({ id }) => wanted.includes(id));
  const failed = known.filter(({ status, run }) => FAILED.includes(status) && !run.stale);
  if (failed.length > 0) return { kind: 'contradicted', text: toldOf(failed) };
  const passed = known.filter(({ status, run }) => status === 'pass' && !run.stale).map(({ id }) => id);
  const silent = wanted.filter((id) => !passed.includes(id));
  if (wanted.length === 0)
    return {
      kind: 'unknowable',
      text: `no check of this repository says so (${kinds.map((kind) => `\`${kind}:…\``).join(', ')})`,
    };
  if (silent.length === 0) return { kind: 'agreed', text: `${codes(passed, SHOWN)} passed on this tree` };
  const before = known.filter(({ id, status }) => silent.includes(id) && FAILED.includes(status));
  const last = before.length === 0 ? '' : `; the last time, before files changed, ${toldOf(before)}`;
  return {
    kind: 'unverified',
    text: `${codes(silent, SHOWN)} ${silent.length === 1 ? 'was' : 'were'} not run on this tree${last}`,
  };
}

/** `the core tests`, `eslint is clean`; all where it names none. */
function named(ids: readonly string[], claim: string): readonly string[] {
  const words = new Set(claim.toLowerCase().match(/[\w@./-]+/g) ?? []);
  const matching = ids.filter((id) => {
    const name = id.slice(id.indexOf(':') + 1).toLowerCase();
    return (
      words.has(id.toLowerCase()) ||
      words.has(name) ||
      name.split('/').some((part) => part.length > 2 && words.has(part))
    );
  });
  return matching.length > 0 ? matching : ids;
}

function toldOf(failed: readonly CheckVerdict[]): string {
  const ended = (status: CheckVerdict['status']): string =>
    status === 'fail' ? 'failed' : status === 'error' ? 'could not judge' : 'did not end';
  const told = failed
    .slice(0, SHOWN)
    .map(({ id, status, run }) => `${code(id)} ${ended(status)} (${whenOf(run, moment)})`);
  return failed.length > SHOWN ? `${told.join(', ')} and ${failed.length - SHOWN} more` : told.join(', ');
}

function everything(claim: string, facts: RelayFacts): Answer {
  const answers = [
    ...['test', 'lint', 'types', 'build', 'security'].map((kind) => byChecks([kind], '', facts)),
    ...facts.guards.map(({ id }) => byGuard(id, facts)),
    ...(/\b(gate|mutat\w*|everything|all)\b/i.test(claim) && facts.mutants !== undefined ? [mutants(facts)] : []),
  ].filter(({ kind }) => kind !== 'unknowable');
  const against =
    answers.find(({ kind }) => kind === 'contradicted') ?? answers.find(({ kind }) => kind === 'unverified');
  return against ?? answers[0] ?? { kind: 'unknowable', text: 'this repository has no check that could say so' };
}

function mutants({ mutants: known, options }: RelayFacts): Answer {
  if (known === undefined)
    return { kind: 'unverified', text: `no mutant was tried; \`downforce mutate${options}\` would tell` };
  const survived = known.open.filter(({ kind }) => kind === 'survived').length;
  const silent = known.open.length - survived;
  const open = [
    survived > 0 ? `${plural(survived, 'mutant')} survived` : '',
    silent > 0 ? `${silent} stand in lines that no test runs` : '',
  ].filter((part) => part !== '');
  if (open.length > 0) return { kind: 'contradicted', text: `${open.join(', ')} (${whenOf(known.run, moment)})` };
  if (known.run.stale || known.status !== 'pass')
    return { kind: 'unverified', text: 'no mutant was tried to the end on this tree' };
  return { kind: 'agreed', text: `${known.killed} of ${known.total} mutants are noticed on this tree` };
}

function coverage(facts: RelayFacts): Answer {
  const silent = facts.mutants?.open.filter(({ kind }) => kind === 'no-coverage') ?? [];
  if (facts.mutants !== undefined && silent.length > 0) {
    const places = silent.map(({ path, line }) => `${path}:${line}`);
    return {
      kind: 'contradicted',
      text: `no test runs ${codes([...new Set(places)], SHOWN)} (${whenOf(facts.mutants.run, moment)})`,
    };
  }
  return { kind: 'unverified', text: 'the harness has not measured coverage of the whole on this tree' };
}

function reminders({ files }: RelayFacts): Answer {
  const places = files.flatMap(({ path, reminders: list }) => list.map(({ line }) => `${path}:${line}`));
  if (places.length > 0)
    return {
      kind: 'contradicted',
      text: `the change has ${plural(places.length, 'reminder')}: ${codes(places, SHOWN)}`,
    };
  return { kind: 'agreed', text: 'no TODO or FIXME in the changed lines that were read' };
}

function testsAdded(facts: RelayFacts): Answer {
  const tests = facts.files.filter(({ test, status }) => test && status !== 'deleted').map(({ path }) => path);
  if (tests.length === 0) return { kind: 'contradicted', text: 'no test file is among the changed files' };
  const guard = facts.guards.find(({ id }) => id === 'changed-tests');
  if (guard?.status === 'fail')
    return { kind: 'contradicted', text: `the guard \`changed-tests\`: ${code(guard.findings[0]?.text ?? '', 200)}` };
  return { kind: 'agreed', text: `${codes(tests, SHOWN)} changed` };
}

function byGuard(id: string, { guards }: RelayFacts): Answer {
  const guard = guards.find((candidate) => candidate.id === id);
  if (guard === undefined || guard.status === 'skipped')
    return { kind: 'unknowable', text: `the guard \`${id}\` had nothing to look at` };
  const [first] = guard.findings;
  if (first !== undefined) return { kind: 'contradicted', text: `the guard \`${id}\`: ${code(first.text, 200)}` };
  if (guard.status !== 'pass') return { kind: 'unverified', text: `the guard \`${id}\` could not judge` };
  return { kind: 'agreed', text: `the guard \`${id}\` finds nothing on this tree` };
}

function committed({ history, base }: RelayFacts): Answer {
  const loose = history.uncommitted;
  if (loose.length > 0) return { kind: 'contradicted', text: `not committed: ${codes(loose, SHOWN)}` };
  return { kind: 'agreed', text: base === undefined ? 'git status is clean' : 'nothing is left uncommitted' };
}

function pushed({ history }: RelayFacts): Answer {
  const { upstream } = history;
  if (upstream === undefined) return { kind: 'contradicted', text: 'the branch has no upstream' };
  if (upstream.ahead > 0)
    return { kind: 'contradicted', text: `${plural(upstream.ahead, 'commit')} ahead of ${code(upstream.name)}` };
  return { kind: 'unverified', text: `even with ${code(upstream.name)} as last fetched` };
}

function conflicts({ history, operation }: RelayFacts): Answer {
  const open = history.conflicts;
  if (open.length > 0) return { kind: 'contradicted', text: `in conflict: ${codes(open, SHOWN)}` };
  if (operation !== undefined) return { kind: 'contradicted', text: `git is in the middle of a ${operation}` };
  return { kind: 'agreed', text: 'no file is in conflict' };
}

/** Done is what is planned and passes. */
function finished(facts: RelayFacts): Answer {
  const failed = facts.verdicts.filter(({ status, run }) => FAILED.includes(status) && !run.stale);
  if (failed.length > 0) return { kind: 'contradicted', text: toldOf(failed) };
  const [first] = facts.plan;
  if (first !== undefined)
    return { kind: 'contradicted', text: `${plural(facts.plan.length, 'open item')} in ${code(first.file)}` };
  const answer = everything('', facts);
  return answer.kind === 'agreed' || answer.kind === 'unknowable'
    ? { kind: 'unknowable', text: 'that is for a person to say; what the harness knows of passes' }
    : answer;
}

export type { ClaimKind };
