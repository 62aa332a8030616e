import type { RelayItem } from '../../../protocol/relay.ts';
import { loopOnly } from '../../report/commands.ts';
import { plural } from '../../text.ts';
import type { CheckVerdict, MutantFacts, OpenMutant, RelayFacts } from '../facts.ts';
import { item, whenOf } from '../item.ts';
import { code, codes, moment } from '../quote.ts';

const DETAILS = 3;
const REASON = 400;
const SURVIVORS = 12;
const FINDINGS = 6;
const OPEN_ITEMS = 20;

/** What remains to be done, as far as the harness knows. */
export function remainsSection(facts: RelayFacts): readonly RelayItem[] {
  const items = [
    ...conflictItem(facts),
    ...facts.verdicts.flatMap((verdict) => failureItem(verdict, facts)),
    ...guardItems(facts),
    ...mutantItems(facts),
    ...deferredItem(facts),
    ...neverRunItem(facts),
    ...reminderItem(facts),
    ...planItems(facts),
  ];
  if (items.length > 0) return items;
  const known = facts.called.some(({ command }) => command !== undefined);
  const text = known
    ? 'Nothing that the harness knows of: what the change calls for was run on this tree and passed.'
    : 'Nothing that the harness knows of; but it knows of no check that the change calls for.';
  return [item({ id: 'remains:nothing', tree: facts.tree, weight: 90, text })];
}

function conflictItem({ history, tree }: RelayFacts): readonly RelayItem[] {
  if (history.conflicts.length === 0) return [];
  const text = `Conflicts to resolve: ${codes(history.conflicts, 20)}.`;
  return [item({ id: 'remains:conflicts', origin: 'git', tree, weight: 99, text })];
}

const ENDED: Readonly<Partial<Record<CheckVerdict['status'], string>>> = {
  fail: 'fails',
  error: 'could not judge',
  timeout: 'took too long and was stopped',
  cancelled: 'was interrupted',
};

function failureItem(verdict: CheckVerdict, { options, called, files }: RelayFacts): readonly RelayItem[] {
  const { id, status, run, reason, details, findings } = verdict;
  const ended = ENDED[status];
  // What is not even installed is said once, of all such.
  const unable = called.some((check) => check.id === id && check.command === undefined);
  if (ended === undefined || unable) return [];
  const why = reason === undefined ? '' : ` (${code(reason, REASON)})`;
  const shown = details.slice(0, DETAILS).map((detail) => `- ${code(detail, 240)}`);
  const rest = findings - shown.length;
  const more = rest > 0 ? [`- and ${rest} more in \`.downforce/reports/${run.command}.json\``] : [];
  const again = run.stale ? `, and was not run since: \`${loopOnly([id])}${options}\`` : '';
  const head = `${code(id)} ${ended}${why}; by ${whenOf(run, moment)}${again}${elsewhereText(verdict, files)}`;
  const text = [head, ...shown, ...more].join('\n');
  return [item({ id: `check:${id}`, tree: run.tree, stale: run.stale, weight: run.stale ? 80 : 95, text })];
}

/** Whether the change may not be what is to blame: nobody has run it without. */
function elsewhereText({ status, paths }: CheckVerdict, files: RelayFacts['files']): string {
  const changed = new Set(files.map(({ path }) => path));
  const elsewhere = status === 'fail' && paths.length > 0 && paths.every((path) => !changed.has(path));
  return elsewhere ? '; none of it in a file that the change touches' : '';
}

function guardItems({ guards, tree }: RelayFacts): readonly RelayItem[] {
  return guards.flatMap(({ id, status, reason, findings }): RelayItem[] => {
    if (status === 'error') {
      const text = `The guard ${code(id)} could not judge this tree: ${code(reason ?? '')}`;
      return [item({ id: `guard:${id}`, tree, weight: 85, text })];
    }
    if (findings.length === 0) return [];
    const blocking = findings.filter(({ blocks }) => blocks).length;
    const head = `The guard ${code(id)} finds on this tree ${blocking > 0 ? `${blocking} to mend` : 'nothing that blocks, but says'}:`;
    const shown = findings.slice(0, FINDINGS).map(({ text }) => `- ${code(text, 240)}`);
    const rest = findings.length - shown.length;
    const lines = [head, ...shown, ...(rest > 0 ? [`- and ${rest} more`] : [])];
    return [item({ id: `guard:${id}`, tree, weight: blocking > 0 ? 92 : 50, text: lines.join('\n') })];
  });
}

function mutantItems({ mutants, options }: RelayFacts): readonly RelayItem[] {
  if (mutants === undefined) return [];
  const { run } = mutants;
  const survived = mutants.open.filter(({ kind }) => kind === 'survived');
  const byLine = [...Map.groupBy(survived.slice(0, SURVIVORS), ({ path, line }) => `${path}:${line}`).values()];
  const shown = byLine.map((group, index) =>
    item({
      id: `mutant:${group[0]?.id}`,
      tree: run.tree,
      stale: run.stale,
      weight: 85 - index,
      text: survivorsText(group, run, options),
    }),
  );
  return [...unjudgedItem(mutants), ...shown, ...moreItem(survived.length - SURVIVORS, run), ...uncoveredItem(mutants)];
}

function moreItem(rest: number, run: MutantFacts['run']): readonly RelayItem[] {
  if (rest <= 0) return [];
  const text = `${plural(rest, 'more survivor')} in \`.downforce/reports/${run.command}.json\`.`;
  return [item({ id: 'mutants:more', tree: run.tree, stale: run.stale, weight: 60, text })];
}

/** The mutants of one line: what was exchanged in it, and how to try each again. */
function survivorsText(group: readonly OpenMutant[], run: MutantFacts['run'], options: string): string {
  const [first] = group;
  if (first === undefined) return '';
  const where = `${code(`${first.path}:${first.line}`)}${first.symbol === '' ? '' : ` in ${code(first.symbol)}`}`;
  const when = run.stale
    ? `, when it was last tried (${moment(run.at)}; files have changed since)`
    : ` (tried ${moment(run.at)}, on this tree)`;
  const only = `\`downforce mutate ${group.map(({ id }) => `--only ${id}`).join(' ')}${options}\``;
  if (group.length === 1) return `No test notices at ${where}${when}: ${exchangeText(first)}. Again: ${only}`;
  const lines = group.map((mutant) => `- ${exchangeText(mutant)}, column ${mutant.column}`);
  return [`No test notices at ${where}, ${code(first.text, 140)}${when}:`, ...lines, `- again: ${only}`].join('\n');
}

function exchangeText({ original, replacement, test }: OpenMutant): string {
  const exchange =
    replacement === '' ? `${code(original, 80)} taken out` : `${code(original, 80)} → ${code(replacement, 80)}`;
  return test === undefined ? exchange : `${exchange} (nearest test that runs it: ${code(test)})`;
}

function unjudgedItem({ status, reason, run }: MutantFacts): readonly RelayItem[] {
  if (status !== 'error' && status !== 'timeout' && status !== 'cancelled') return [];
  const text = `The mutants could not be judged: ${code(reason ?? status)}; by ${whenOf(run, moment)}.`;
  return [item({ id: 'mutants:unjudged', tree: run.tree, stale: run.stale, weight: 82, text })];
}

function uncoveredItem({ open, run }: MutantFacts): readonly RelayItem[] {
  const silent = Map.groupBy(
    open.filter(({ kind }) => kind === 'no-coverage'),
    ({ path }) => path,
  );
  if (silent.size === 0) return [];
  const places = [...silent].slice(0, 10).map(([path, mutants]) => {
    const lines = [...new Set(mutants.map(({ line }) => line))].sort((a, b) => a - b);
    return `${code(path)} ${lines.slice(0, 12).join(', ')}${lines.length > 12 ? ' …' : ''}`;
  });
  const rest = silent.size > 10 ? `; and ${silent.size - 10} more files` : '';
  const text = `No test runs these changed lines: ${places.join('; ')}${rest}; by ${whenOf(run, moment)}.`;
  return [item({ id: 'mutants:uncovered', tree: run.tree, stale: run.stale, weight: 75, text })];
}

function deferredItem({ verdicts, options }: RelayFacts): readonly RelayItem[] {
  const deferred = verdicts.filter(({ status }) => status === 'deferred');
  const [first] = deferred;
  if (first === undefined) return [];
  const text = `Put off for want of time: ${codes(
    deferred.map(({ id }) => id),
    20,
  )}; \`downforce loop --budget 0${options}\` runs them.`;
  return [item({ id: 'remains:deferred', tree: first.run.tree, stale: first.run.stale, weight: 78, text })];
}

/** What nobody has asked on this tree; what failed before is said where it failed. */
function neverRunItem({ called, verdicts, mutants, files, options, tree }: RelayFacts): readonly RelayItem[] {
  const known = new Set(verdicts.filter(({ status, run }) => !run.stale || status !== 'pass').map(({ id }) => id));
  const checks = called.filter(({ id, command }) => command !== undefined && !known.has(id)).map(({ id }) => id);
  const items: RelayItem[] = [];
  if (checks.length > 0) {
    const text = `Not run on this tree: ${codes(checks, 20)}; \`downforce loop${options}\` would tell.`;
    items.push(item({ id: 'remains:never-run', tree, weight: 88, text }));
  }
  const missing = called.filter(({ problem, command }) => command === undefined && problem !== undefined);
  if (missing.length > 0) {
    const told = missing.slice(0, 8).map(({ id, problem }) => `${code(id)} (${code(problem ?? '')})`);
    items.push(item({ id: 'remains:unable', tree, weight: 60, text: `Cannot be run here: ${told.join(', ')}.` }));
  }
  const code_ = files.some(({ test, made, symbols }) => !test && !made && symbols.length > 0);
  if (code_ && (mutants === undefined || mutants.run.stale)) {
    const before = mutants === undefined ? '' : ' since files changed';
    const text = `No mutant of the change was tried${before}: whether the tests would notice a mistake in it is not known; \`downforce mutate${options}\` would tell.`;
    items.push(item({ id: 'remains:no-mutants', tree, weight: 70, text }));
  }
  return items;
}

function reminderItem({ files, tree }: RelayFacts): readonly RelayItem[] {
  const all = files.flatMap(({ path, reminders }) =>
    reminders.map(({ line, text }) => ({ place: `${path}:${line}`, text })),
  );
  if (all.length === 0) return [];
  const shown = all.slice(0, FINDINGS).map(({ place, text }) => `- ${code(place)} ${code(text, 120)}`);
  const rest = all.length - shown.length;
  const lines = [
    `The change leaves ${plural(all.length, 'reminder')} in the code:`,
    ...shown,
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ];
  return [item({ id: 'remains:reminders', origin: 'repository', tree, weight: 55, text: lines.join('\n') })];
}

function planItems({ plan, tree }: RelayFacts): readonly RelayItem[] {
  const shown = plan.slice(0, OPEN_ITEMS).map(({ file, line, text }, index) =>
    item({
      id: `plan:${file}:${text.slice(0, 80)}`,
      origin: 'repository',
      tree,
      weight: 75 - index,
      text: `Open in ${code(`${file}:${line}`)}: ${code(text, 240)}`,
    }),
  );
  const rest = plan.length - shown.length;
  const [first] = plan;
  if (rest <= 0 || first === undefined) return shown;
  const text = `${rest} more open items in ${codes([...new Set(plan.slice(OPEN_ITEMS).map(({ file }) => file))], 3)}.`;
  return [...shown, item({ id: 'plan:more', origin: 'repository', tree, weight: 50, text })];
}
