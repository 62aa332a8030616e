import type { RelayItem } from '../../../protocol/relay.ts';
import { plural } from '../../text.ts';
import type { CheckVerdict, RelayFacts } from '../facts.ts';
import type { Commit } from '../history.ts';
import { item, whenOf } from '../item.ts';
import { code, codes, moment } from '../quote.ts';

/** Of a long history no more than the newest say what it came to. */
const MANY = 30;
const OF_MANY = 10;
const FILES = 12;
const CHECKS = 20;

/** What was done: commits, what is not committed yet, what passes, which mutants the tests notice; before it the session's own words. */
export function doneSection(facts: RelayFacts, said: readonly RelayItem[]): readonly RelayItem[] {
  return [
    ...(said.length > 0 ? said : UNSAID),
    ...commitItems(facts),
    ...uncommittedItem(facts),
    ...passingItems(facts),
    ...mutantsItem(facts),
  ];
}

/** What no harness knows, and whoever reads this must not take for told. */
const UNSAID: readonly RelayItem[] = [
  item({
    id: 'done:unsaid',
    weight: 85,
    text: 'The session itself has said nothing: what it was asked for, what it was about to do and what it tried in vain is not in here. Ask the person before you decide what comes next.',
  }),
];

function commitItems(facts: RelayFacts): readonly RelayItem[] {
  const { total, commits } = facts.history;
  const shown = commits.slice(0, total > MANY ? OF_MANY : MANY);
  const several = facts.scopes.length > 1;
  const items = shown.map((commit, index) =>
    item({ id: `commit:${commit.id}`, origin: 'git', weight: 70 - index, text: commitText(commit, several, facts) }),
  );
  const older = total - shown.length;
  if (older <= 0) return items;
  const range = facts.base === undefined ? 'git log' : `git log ${facts.base}..HEAD`;
  const text = `${older.toLocaleString('en')} older commits: \`${range}\`.`;
  return [...items, item({ id: 'commits:older', origin: 'git', weight: 35, text })];
}

function commitText({ id, subject, paths }: Commit, several: boolean, { files }: RelayFacts): string {
  const scopeOf = new Map(files.map(({ path, scope }) => [path, scope]));
  const scopes = new Set(paths.flatMap((path) => scopeOf.get(path) ?? []));
  scopes.delete('');
  const where = several && scopes.size > 0 ? `${codes([...scopes], 3)}, ` : '';
  return `\`${id}\` ${code(subject)} (${where}${plural(paths.length, 'file')})`;
}

function uncommittedItem({ files, tree }: RelayFacts): readonly RelayItem[] {
  const loose = files.filter((file) => file.uncommitted);
  if (loose.length === 0) return [];
  const text = `Not committed yet: ${codes(
    loose.map(({ path }) => path),
    FILES,
  )}.`;
  return [item({ id: 'done:uncommitted', origin: 'git', tree, weight: 80, text })];
}

function passingItems({ verdicts, guards, tree }: RelayFacts): readonly RelayItem[] {
  const passed = verdicts.filter(({ status }) => status === 'pass');
  const [fresh, old] = [passed.filter(({ run }) => !run.stale), passed.filter(({ run }) => run.stale)];
  const clean = guards.filter(({ status, findings }) => status === 'pass' && findings.length === 0);
  return [
    ...groups(fresh).map(([run, list]) =>
      item({
        id: `passing:${run.command}`,
        tree: run.tree,
        weight: 80,
        text: `Pass: ${list}; by ${whenOf(run, moment)}.`,
      }),
    ),
    ...(clean.length === 0
      ? []
      : [
          item({
            id: 'passing:guards',
            tree,
            weight: 45,
            text: `Guards that find nothing on this tree: ${codes(
              clean.map(({ id }) => id),
              CHECKS,
            )}.`,
          }),
        ]),
    ...groups(old).map(([run, list]) =>
      item({
        id: `passed:${run.command}`,
        tree: run.tree,
        stale: true,
        weight: 40,
        text: `Passed before files changed: ${list}; by ${whenOf(run, moment)}; not run since.`,
      }),
    ),
  ];
}

function groups(verdicts: readonly CheckVerdict[]): readonly (readonly [CheckVerdict['run'], string])[] {
  const byRun = Map.groupBy(verdicts, ({ run }) => `${run.command} ${run.at}`);
  return [...byRun.values()].flatMap((group) => {
    const [first] = group;
    const names = group.slice(0, CHECKS).map(({ id, examined }) => {
      const of = examined === undefined ? '' : ` (${examined} ${id.startsWith('test:') ? 'tests' : 'looked at'})`;
      return `${code(id)}${of}`;
    });
    const rest = group.length > CHECKS ? ` and ${group.length - CHECKS} more` : '';
    return first === undefined ? [] : [[first.run, `${names.join(', ')}${rest}`] as const];
  });
}

function mutantsItem({ mutants }: RelayFacts): readonly RelayItem[] {
  if (mutants === undefined || mutants.total === 0) return [];
  const { killed, total, run } = mutants;
  const text = `Of ${plural(total, 'mutant')} of the changed lines the tests notice ${killed}; by ${whenOf(run, moment)}.`;
  return [item({ id: 'done:mutants', tree: run.tree, stale: run.stale, weight: 65, text })];
}
