import type { Extraction, Reference } from '../../engine/language.ts';
import type { Facts, Leaf, ModDeclaration } from './facts.ts';
import { expandPath, isKnownHead } from './names.ts';
import { scanRust } from './scan.ts';
import { isBuiltinCrate, isBuiltinMacro, isNoModule } from './standard.ts';

/**
 * Specifiers: a path in terms of the whole file (`crate::a`, `self::a`, `super::a`, `::krate`, `name::a`), or
 * `mod:a::b` for `mod b;` inside `mod a { }` (with `?` where it may be missing), `path:x.rs` for `#[path]` beside the
 * file, `modpath:a/x.rs` for one inside `mod a { }`, `include:x`, and `macro:name` for a macro called by bare name.
 */
export function extractRust(text: string): Extraction {
  const facts = scanRust(text);
  const references: Reference[] = [];
  for (const declaration of facts.declarations) references.push(...modReferences(declaration));
  for (const { file, start, end } of facts.inclusions) {
    const kind = file === undefined ? 'dynamic' : 'static';
    references.push({ specifier: file === undefined ? file : `include:${file}`, kind, typeOnly: false, start, end });
  }
  addPaths(facts, references);
  addMacros(facts, references);
  return { references: references.sort((a, b) => a.start - b.start) };
}

export function modSpecifiers({ scope, name, files, conditional }: ModDeclaration): readonly string[] {
  const byPath = files.map((file) => (scope.parent ? `modpath:${[...scope.path, file].join('/')}` : `path:${file}`));
  const byName = `mod:${[...scope.path, name].join('::')}`;
  if (files.length === 0) return [byName];
  return conditional ? [...byPath, `${byName}?`] : byPath;
}

function modReferences(declaration: ModDeclaration): readonly Reference[] {
  const { start, end } = declaration;
  return modSpecifiers(declaration).map((specifier) => ({ specifier, kind: 'static', typeOnly: false, start, end }));
}

function addPaths({ leaves }: Facts, into: Reference[]): void {
  const seen = new Set<string>();
  for (const leaf of leaves) {
    if (leaf.via === 'code') continue;
    const specifier = specifierOf(leaf);
    const names = [leaf.glob ? '*' : (leaf.segments.at(-1) ?? '')];
    const kind = leaf.via === 'reexport' ? 'reexport' : 'static';
    seen.add(specifier);
    into.push({ specifier, kind, typeOnly: false, start: leaf.start, end: leaf.end, names });
  }
  for (const leaf of leaves) {
    if (leaf.via !== 'code' || saysNothingNew(leaf)) continue;
    const specifier = specifierOf(leaf);
    if (seen.has(specifier)) continue;
    seen.add(specifier);
    into.push({ specifier, kind: 'static', typeOnly: false, start: leaf.start, end: leaf.end });
  }
}

function specifierOf(leaf: Leaf): string {
  const { segments, global } = expandPath(leaf, leaf.scope);
  const path = segments.join('::');
  return `${global ? '::' : ''}${path}${leaf.glob ? (path === '' ? '*' : '::*') : ''}`;
}

/** `fmt::Result` after `use std::fmt`, `child::Type` after `mod child`: their own reference leads as far. */
function saysNothingNew(leaf: Leaf): boolean {
  const [head, next] = leaf.segments;
  if (!isKnownHead(leaf, leaf.scope)) return head !== undefined && !leaf.global && isNoModule(head);
  if (next !== undefined && /^\p{Lu}/u.test(next)) return true;
  return isBuiltinCrate(expandPath(leaf, leaf.scope).segments[0] ?? '');
}

/** Macros of `macro_rules!` reach later modules without any path that names where they come from. */
function addMacros({ macroCalls, macros, root, leaves }: Facts, into: Reference[]): void {
  if (macroCalls.size === 0) return;
  const taken = new Set(leaves.filter(({ via }) => via !== 'code').map(({ segments }) => segments.at(-1)));
  for (const { name, start, end } of macroCalls.values()) {
    if (isBuiltinMacro(name) || macros.has(name) || taken.has(name) || root.aliases.has(name)) continue;
    into.push({ specifier: `macro:${name}`, kind: 'implicit', typeOnly: false, start, end });
  }
}
