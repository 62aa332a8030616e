import type { Leaf, ModDeclaration, Scope } from './facts.ts';
import { skipTrivia } from './lexer.ts';
import { readName, readUseTree, type UseLeaf } from './use-tree.ts';

const PATH_ATTRIBUTE = /#\s*\[\s*(?:cfg_attr\s*\([^\]]*?\b)?path\s*=\s*"([^"]*)"/g;

interface ModItem {
  readonly name: string;
  /** `mod x {`, whose brace is at `end`; otherwise `mod x;`. */
  readonly inline: boolean;
  readonly end: number;
}

/** Where an item stands. */
interface Surroundings {
  readonly scope: Scope;
  /** In a function or a macro's braces. */
  readonly inBlock: boolean;
  /** What stands before the keyword: attributes and visibility. */
  readonly head: string;
}

/** Leaves and names of a `use`, from behind the keyword. Returns its end. */
export function readUse(text: string, from: number, { scope, inBlock, head }: Surroundings, into: Leaf[]): number {
  const tree = skipTrivia(text, from);
  // `impl Trait + use<'a>` captures lifetimes.
  if (text[tree] === '<') return tree;
  const leaves: UseLeaf[] = [];
  const stop = readUseTree(text, tree, leaves);
  const shared = /\bpub\s*(?:\((?!\s*self\b)[^)]*\)\s*)?$/.test(head);
  for (const { bound, ...leaf } of leaves) {
    into.push({ ...leaf, scope, via: shared ? 'reexport' : 'use' });
    if (leaf.glob) scope.globs.push(leaf);
    else if (bound !== undefined && !(inBlock && scope.aliases.has(bound))) scope.aliases.set(bound, leaf);
  }
  return Math.max(stop, from);
}

/** `extern crate x as y`; `extern "C"` and the like are left alone. Returns the end of what was read. */
export function readExternCrate(
  text: string,
  at: number,
  from: number,
  { scope, head }: Surroundings,
  into: Leaf[],
): number {
  const declaration = /\s+crate\s+(?:r#)?([\p{L}_][\p{L}\p{N}_]*)(?:\s+as\s+([\p{L}\p{N}_]+))?/uy;
  declaration.lastIndex = from;
  const found = declaration.exec(text);
  if (!found?.[1]) return from;
  const own = found[1] === 'self';
  const path = { segments: [own ? 'crate' : found[1]], global: !own };
  const bound = found[2] ?? found[1];
  if (bound !== '_') scope.aliases.set(bound, path);
  const via = /\bpub\s*$/.test(head) ? 'reexport' : 'use';
  if (!own) into.push({ ...path, start: at, end: declaration.lastIndex, scope, via, glob: false });
  return declaration.lastIndex;
}

/** What follows `mod`; a macro's `mod $name {` opens a module as well. */
export function readMod(text: string, from: number): ModItem | undefined {
  const nameAt = skipTrivia(text, from);
  const variable = text[nameAt] === '$' ? 1 : 0;
  const found = nameAt > from ? readName(text, nameAt + variable) : undefined;
  if (!found) return undefined;
  const stop = skipTrivia(text, found.end);
  if (text[stop] === '{') return { name: text.slice(nameAt, found.end), inline: true, end: stop };
  return text[stop] === ';' && variable === 0 ? { name: found.name, inline: false, end: found.end } : undefined;
}

export function readModAttributes(head: string): Pick<ModDeclaration, 'files' | 'conditional' | 'macroUse'> {
  const files = [...head.matchAll(PATH_ATTRIBUTE)].map((match) => match[1] ?? '');
  const conditional = files.length > 0 && !/#\s*\[\s*path\b/.test(head);
  return { files, conditional, macroUse: /\bmacro_use\b/.test(head) };
}
