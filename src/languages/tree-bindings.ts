import type { Span } from '../engine/mutation/mutable.ts';
import type { ScopeRules } from './tree-scopes.ts';
import type { SyntaxNode } from './tree-sitter.ts';

/** A name of one scope, with every place that binds or reads it in order. */
export interface Binding {
  readonly name: string;
  /** The node that the name is local to; the root for the file's own. */
  readonly scope: SyntaxNode;
  readonly declared: SyntaxNode[];
  readonly uses: SyntaxNode[];
}

interface Scope {
  readonly node: SyntaxNode;
  readonly parent: Scope | undefined;
  readonly names: Map<string, Binding>;
  readonly foreign: Set<string>;
}

interface Visit {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  readonly scope: Scope;
}

/** @param isUse whether an identifier that nothing binds there reads a variable. */
export function bindingsOf(
  root: SyntaxNode,
  text: string,
  rules: ScopeRules,
  isUse: (node: SyntaxNode, parent: SyntaxNode) => boolean,
): readonly Binding[] {
  const found: Binding[] = [];
  const declared = new Set<SyntaxNode>();
  const visits = scopesOf(root, rules);
  for (const { node, scope } of visits) rules.declare(node, binder(scope, text, found, declared), text);
  for (const { node, parent, scope } of visits) {
    if (parent === undefined || declared.has(node) || !isUse(node, parent)) continue;
    resolve(scope, text.slice(node.start, node.end))?.uses.push(node);
  }
  return found;
}

function scopesOf(root: SyntaxNode, rules: ScopeRules): readonly Visit[] {
  const open = (node: SyntaxNode, parent: Scope | undefined): Scope => ({
    node,
    parent,
    names: new Map(),
    foreign: new Set(),
  });
  const visits: Visit[] = [];
  const stack: Visit[] = [{ node: root, parent: undefined, scope: open(root, undefined) }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { node } = visit;
    const scope = visit.parent !== undefined && rules.opens.has(node.type) ? open(node, visit.scope) : visit.scope;
    visits.push({ ...visit, scope });
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child?.named === true) stack.push({ node: child, parent: node, scope });
    }
  }
  return visits;
}

function binder(
  scope: Scope,
  text: string,
  found: Binding[],
  declared: Set<SyntaxNode>,
): Parameters<ScopeRules['declare']>[1] {
  const declare = (target: Scope, node: SyntaxNode | undefined): void => {
    if (node === undefined) return;
    const name = text.slice(node.start, node.end);
    if (target.foreign.has(name)) return;
    let binding = target.names.get(name);
    if (binding === undefined) {
      binding = { name, scope: target.node, declared: [], uses: [] };
      target.names.set(name, binding);
      found.push(binding);
    }
    binding.declared.push(node);
    declared.add(node);
  };
  return {
    bind: (name) => declare(scope, name),
    bindOutside: (name) => declare(scope.parent ?? scope, name),
    disown: (name) => scope.foreign.add(text.slice(name.start, name.end)),
  };
}

function resolve(from: Scope, name: string): Binding | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const binding = scope.foreign.has(name) ? undefined : scope.names.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

/** Things that lie between a first and a last place, to be found by a span around all of them. */
export class Extents<T> {
  readonly #sorted: readonly { readonly first: number; readonly last: number; readonly item: T }[];

  constructor(items: readonly { readonly first: number; readonly last: number; readonly item: T }[]) {
    this.#sorted = items.toSorted((a, b) => a.first - b.first);
  }

  within({ start, end }: Span): readonly T[] {
    const found: T[] = [];
    for (let at = this.#from(start); at < this.#sorted.length; at++) {
      const entry = this.#sorted[at];
      if (entry === undefined || entry.first >= end) break;
      if (entry.last < end) found.push(entry.item);
    }
    return found;
  }

  #from(start: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.first ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
