import type { Collision } from '../../protocol/streams.ts';
import { plural } from '../text.ts';
import type { UsedExport } from './meaning.ts';

/** What is known of two working trees that changed something since they parted. */
export interface Meeting {
  /** Branch names, or the folder's name on a detached head. */
  readonly a: string;
  readonly b: string;
  /** Both changed them. */
  readonly both: readonly string[];
  /** Files that git could not join; undefined where this git cannot try. */
  readonly conflicts: readonly string[] | undefined;
  /** Exports that `a` changed and a changed file of `b` uses. */
  readonly usedByB: readonly UsedExport[];
  readonly usedByA: readonly UsedExport[];
}

/** What is to be said of a meeting: the worst first, a file once. */
export function collisionsOf({ a, b, both, conflicts, usedByB, usedByA }: Meeting): readonly Collision[] {
  const found: Collision[] = [];
  const clash = conflicts ?? [];
  if (clash.length > 0) {
    const text = `${a} and ${b} would conflict in ${listed(clash)}.`;
    found.push({ a, b, kind: 'text', files: clash, names: [], text });
  }
  found.push(...meant(a, b, usedByB), ...meant(b, a, usedByA));
  const rest = both.filter((path) => !clash.includes(path));
  if (rest.length > 0) {
    const how =
      conflicts === undefined ? '; this git cannot tell whether they would conflict' : '; git can join the two';
    found.push({
      a,
      b,
      kind: 'file',
      files: rest,
      names: [],
      text: `${a} and ${b} both change ${listed(rest)}${how}.`,
    });
  }
  return found;
}

function meant(a: string, b: string, used: readonly UsedExport[]): readonly Collision[] {
  if (used.length === 0) return [];
  const files = [...new Set(used.flatMap(({ path, users }) => [path, ...users]))];
  const names = [...new Set(used.flatMap((one) => one.names))];
  const [first] = used;
  const what = used.map(({ path, names: own, gone }) => `${listed(own)} ${gone ? 'away from' : 'of'} ${path}`);
  const verb = first?.gone === true ? 'takes' : 'changes';
  const users = [...new Set(used.flatMap((one) => one.users))];
  const text = `${a} ${verb} ${listed(what)}, which ${listed(users)}, changed in ${b}, ${users.length === 1 ? 'uses' : 'use'}.`;
  return [{ a, b, kind: 'meaning', files, names, text }];
}

/** The same as long as it is the same collision: what it is of, not how far it went. */
export function collisionKey({ a, b, kind, files, names }: Collision): string {
  return JSON.stringify([a, b, kind, files, names]);
}

const ORDER: readonly Collision['kind'][] = ['text', 'meaning', 'file'];

export function worstFirst(collisions: readonly Collision[]): readonly Collision[] {
  return collisions.toSorted((x, y) => ORDER.indexOf(x.kind) - ORDER.indexOf(y.kind));
}

const MAX_NAMED = 4;

function listed(things: readonly string[]): string {
  const shown = things.slice(0, MAX_NAMED).join(', ');
  return things.length > MAX_NAMED
    ? `${shown} and ${plural(things.length - MAX_NAMED, 'more')}`.replace(/mores$/, 'more')
    : shown;
}
