import type { RelayItem } from '../../../protocol/relay.ts';
import { plural } from '../../text.ts';
import type { Neighbour, RelayFacts, TouchedFile } from '../facts.ts';
import { item } from '../item.ts';
import { code, codes } from '../quote.ts';

const FILES = 20;
const SYMBOLS = 8;

/** Where to look: the changed files with what changed in them, then those that need them. */
export function lookSection({ files, neighbours, tree, base, history }: RelayFacts): readonly RelayItem[] {
  const written = files
    .filter(({ made }) => !made)
    .sort((a, b) => importance(b) - importance(a) || (a.path < b.path ? -1 : 1));
  const shown = written
    .slice(0, FILES)
    .map((file, index) =>
      item({ id: `file:${file.path}`, origin: 'git', tree, weight: 70 - index, text: fileText(file) }),
    );
  const rest = files.length - shown.length;
  const more =
    rest <= 0
      ? []
      : [
          item({
            id: 'files:more',
            origin: 'git',
            tree,
            weight: 30,
            text: `${plural(rest, 'more changed file')}: \`git diff --stat\` against the base.`,
          }),
        ];
  return [
    ...diffItem(base, history.uncommitted.length > 0),
    ...shown,
    ...more,
    ...neighbours.map((neighbour, index) => neighbourItem(neighbour, index, tree)),
  ];
}

function diffItem(base: string | undefined, loose: boolean): readonly RelayItem[] {
  if (base === undefined) return [];
  const rest = loose ? '; `git diff HEAD` and `git status` show what is not committed' : '';
  return [
    item({ id: 'look:diff', origin: 'git', weight: 72, text: `\`git diff ${base}\` shows the whole change${rest}.` }),
  ];
}

/** What runs first, then its tests, then all else; the most changed of each first. */
function importance({ test, source, added, removed, status }: TouchedFile): number {
  const lines = Math.min(900, (added ?? 0) + (removed ?? 0));
  const kind = status === 'conflicted' ? 9 : !source ? 0 : test ? 1 : 2;
  return kind * 1000 + lines;
}

const STATUS: Readonly<Record<TouchedFile['status'], string>> = {
  added: 'new',
  modified: 'changed',
  deleted: 'deleted',
  renamed: 'renamed',
  mode: 'mode changed',
  type: 'kind changed',
  conflicted: 'in conflict',
};

function fileText({ path, status, from, added, removed, symbols, uncommitted, test }: TouchedFile): string {
  const origin = from === undefined ? '' : ` from ${code(from)}`;
  const lines = added === undefined ? '' : ` +${added} −${removed ?? 0}`;
  const loose = uncommitted ? ', not committed' : '';
  const kind = test ? ', test' : '';
  const what = symbols.length === 0 ? '' : `: ${codes(symbols, SYMBOLS)}`;
  return `${code(path)} (${STATUS[status]}${origin}${lines}${kind}${loose})${what}`;
}

function neighbourItem({ path, test, of, uses }: Neighbour, index: number, tree: string): RelayItem {
  const what = uses.length === 0 ? `imports ${codes(of, 3)}` : `names ${codes(uses, 5)} of ${codes(of, 3)}`;
  const text = `${code(path)} (unchanged${test ? ', test' : ''}): ${what}`;
  return item({ id: `near:${path}`, tree, weight: (uses.length > 0 ? 50 : 40) - index, text });
}
