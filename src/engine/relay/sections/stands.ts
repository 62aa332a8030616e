import type { RelayItem } from '../../../protocol/relay.ts';
import { plural } from '../../text.ts';
import type { RelayFacts } from '../facts.ts';
import { ESSENTIAL, item } from '../item.ts';
import { code, codes, moment } from '../quote.ts';

const GROUPS = 12;

/** Where the project stands: branch, commits and files since the base, what git is in the middle of, the last verdicts. */
export function standsSection(facts: RelayFacts): readonly RelayItem[] {
  return [
    item({ id: 'stands:branch', origin: 'git', weight: ESSENTIAL, text: branchText(facts) }),
    ...operationItem(facts),
    ...commitsItem(facts),
    filesItem(facts),
    ...elsewhereItems(facts),
    ...widenedItem(facts),
    ...facts.runs.map((run) => runItem(run)),
  ];
}

function branchText({ history, head, base, baseName }: RelayFacts): string {
  const { branch } = history;
  const on = branch === undefined ? 'Detached head' : `Branch ${code(branch)}`;
  if (head === undefined) return `${on}; the repository has no commit yet, so that everything in it is new.`;
  const from =
    base === undefined
      ? 'there is no base to compare with, so that everything counts as new'
      : `measured from ${code(baseName ?? base)}, of which commit \`${base}\` is the last in common`;
  return `${on} at \`${head}\`; ${from}.`;
}

function operationItem({ operation, history }: RelayFacts): readonly RelayItem[] {
  if (operation === undefined) return [];
  const count = history.conflicts.length;
  const open = count === 0 ? 'no conflict is open' : `${plural(count, 'file')} in conflict`;
  const text = `git is in the middle of a ${operation} (${open}); finish it or abort it before anything else.`;
  return [item({ id: 'stands:operation', origin: 'git', weight: ESSENTIAL, text })];
}

function commitsItem({ history, base }: RelayFacts): readonly RelayItem[] {
  const { total, commits } = history;
  if (total === 0) return [];
  const [newest] = commits;
  const of = base === undefined ? 'in all, there being no base' : 'since the base';
  const last =
    newest === undefined ? '' : `; the newest is \`${newest.id}\` ${code(newest.subject)}, ${moment(newest.at)}`;
  return [item({ id: 'stands:commits', origin: 'git', weight: 95, text: `${plural(total, 'commit')} ${of}${last}.` })];
}

function filesItem({ files, scopes, base, tree }: RelayFacts): RelayItem {
  const common = { id: 'stands:files', origin: 'git', tree, weight: 95 } as const;
  if (files.length === 0) return item({ ...common, text: 'No file differs from the base.' });
  const sum = (name: 'added' | 'removed'): number => files.reduce((total, file) => total + (file[name] ?? 0), 0);
  const lines = base === undefined ? '' : ` (+${sum('added')} −${sum('removed')} lines)`;
  const groups = scopes.slice(0, GROUPS).map(({ id, files: count }) => `${id === '' ? 'no scope' : code(id)} ${count}`);
  const rest = scopes.length > GROUPS ? ` and ${scopes.length - GROUPS} more` : '';
  const uncommitted = files.filter((file) => file.uncommitted).length;
  const loose = uncommitted === 0 ? 'all committed' : `${uncommitted} with changes that are not committed`;
  const text = `${plural(files.length, 'file')} changed${lines}, by scope: ${groups.join(', ')}${rest}; ${loose}.`;
  return item({ ...common, text });
}

/** What lies beside the working tree and is easily forgotten. */
function elsewhereItems({ history }: RelayFacts): readonly RelayItem[] {
  const { upstream, stashes } = history;
  const items: RelayItem[] = [];
  if (upstream !== undefined && upstream.ahead + upstream.behind > 0) {
    const text = `Against ${code(upstream.name)}: ${plural(upstream.ahead, 'commit')} not pushed, ${upstream.behind} not pulled.`;
    items.push(item({ id: 'stands:upstream', origin: 'git', weight: 60, text }));
  }
  if (stashes > 0) {
    const text = `${plural(stashes, 'stash').replace('stashs', 'stashes')} in \`git stash list\`; they may be of this work or of other work.`;
    items.push(item({ id: 'stands:stash', origin: 'git', weight: 40, text }));
  }
  return items;
}

function widenedItem({ widened, tree }: RelayFacts): readonly RelayItem[] {
  if (widened.length === 0) return [];
  const text = `Every check is called for, whatever changed: ${codes(widened, 3)}.`;
  return [item({ id: 'stands:widened', tree, weight: 55, text })];
}

function runItem({ command, at, tree, stale, beside, ok, summary, error }: RelayFacts['runs'][number]): RelayItem {
  const time = moment(at);
  const where = stale
    ? `an earlier state of the files${tree === undefined ? '' : ` (tree \`${tree}\`)`}`
    : beside
      ? 'this tree but for files that no check reads'
      : 'this very tree';
  const why = error === undefined ? '' : `; ${code(error)}`;
  const text = `\`downforce ${command}\`${time === '' ? '' : ` at ${time}`}: ${ok ? 'all right' : 'not all right'}, ${summary}${why}; said of ${where}.`;
  return item({ id: `run:${command}`, tree, stale, weight: stale ? 50 : 90, text });
}
