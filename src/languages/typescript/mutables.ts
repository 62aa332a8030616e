import { isTight } from '../../engine/mutation/edits.ts';
import type { Mutable, MutableFile, MutableReader, Spelling } from '../../engine/mutation/mutable.ts';
import { definitionName } from './definitions.ts';
import { parseProgram } from './full-parse.ts';
import { EXPRESSIONS } from './mutable-expressions.ts';
import { LITERALS } from './mutable-literals.ts';
import { exchangeOf, type Found, type Place, type Reading, spanOf, typeOf } from './mutable-places.ts';
import { rolesOf } from './mutable-roles.ts';
import { isSkipped } from './mutable-skips.ts';
import { STATEMENTS } from './mutable-statements.ts';
import { type AstNode, fieldsOf, isFunction, isNode } from './syntax.ts';

const READINGS: ReadonlyMap<string, Reading> = new Map([...EXPRESSIONS, ...LITERALS, ...STATEMENTS]);

export async function openTypescriptMutables(): Promise<MutableReader> {
  return readMutables;
}

function readMutables(path: string, text: string): MutableFile {
  const spelling = spellingOf(path);
  // What a component's template does is not known here.
  if (/\.(?:vue|svelte|astro)$/.test(path)) return { spelling, mutables: [] };
  try {
    const { root, typescript, unanalysed } = parseProgram(path, text);
    if (unanalysed !== undefined) return { spelling, mutables: [], unanalysed };
    const mutables = collect(root, text, typescript);
    return { spelling, mutables: mutables.sort((a, b) => a.start - b.start || b.end - a.end) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { spelling, mutables: [], unanalysed: `cannot be parsed: ${message.split('\n')[0]}` };
  }
}

function spellingOf(path: string): Spelling {
  return {
    language: /\.[cm]?jsx?$/.test(path) ? 'javascript' : 'typescript',
    true: 'true',
    false: 'false',
    null: 'null',
    not: (text) => (isTight(text) && !/\b(?:yield|satisfies)\b/.test(text) ? `!${text}` : `!(${text})`),
    and: '&&',
    or: '||',
    nothing: ';',
  };
}

function collect(root: AstNode, text: string, typescript: boolean): Mutable[] {
  const mutables: Mutable[] = [];
  const visit = (place: Place): void => {
    if (isSkipped(place, typescript)) return;
    const found = [...rolesOf(place), ...(READINGS.get(place.node.type)?.(place, text) ?? [])];
    if (found.length > 0) mutables.push(...located(place, found));
    for (const next of placesBelow(place)) visit(next);
  };
  visit({ node: root, parent: undefined, field: 'program', symbol: '', atLoad: true });
  return mutables;
}

function located(place: Place, found: readonly Found[]): readonly Mutable[] {
  const { node, symbol, atLoad } = place;
  return found.map(
    (own): Mutable => ({ ...spanOf(node), exchange: own.exchange ?? exchangeOf(place), symbol, atLoad, ...own }),
  );
}

function placesBelow(place: Place): readonly Place[] {
  return fieldsOf(place.node).flatMap((field) => {
    const value = place.node[field];
    if (Array.isArray(value)) return value.filter(isNode).map((node) => placeOf(place, field, node));
    return isNode(value) ? [placeOf(place, field, value)] : [];
  });
}

function placeOf(parent: Place, field: string, node: AstNode): Place {
  const own = definitionName(node);
  const { symbol: around } = parent;
  const symbol = own === undefined ? around : around === '' ? own : `${around}.${own}`;
  return { node, parent, field, symbol, atLoad: parent.atLoad && !isDeferred(parent, field) };
}

/** What runs when something is called or made, not when the module is loaded. */
function isDeferred(parent: Place, field: string): boolean {
  const { node } = parent;
  if (isFunction(node)) {
    const called = parent.field === 'callee' && typeOf(parent.parent) === 'CallExpression';
    return (field === 'body' || field === 'params') && !called;
  }
  return /^Class(?:Private|Accessor)?Property$/.test(node.type) && field === 'value' && node['static'] !== true;
}
