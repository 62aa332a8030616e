import type { Binder, ScopeRules } from './tree-scopes.ts';
import type { SyntaxNode } from './tree-sitter.ts';

/** A name of one scope, with every place that binds or reads it in order. */
export interface Binding {
  readonly name: string;
  /** The node that the name is local to; the root for the file's own. */
  readonly scope: SyntaxNode;
  /** Offset from which on the name is known. */
  readonly from: number;
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

export interface BindingRules extends ScopeRules {
  /** Whether an identifier that nothing binds there reads a variable. */
  isUse(node: SyntaxNode, parent: SyntaxNode): boolean;
  /** Offset from which on a name is known that a node declares. */
  knownFrom(declaration: SyntaxNode): number;
}

export function bindingsOf(root: SyntaxNode, text: string, rules: BindingRules): readonly Binding[] {
  const names = new Names(text);
  const visits = scopesOf(root, rules);
  for (const { node, scope } of visits) {
    names.from = rules.knownFrom(node);
    names.scope = scope;
    rules.declare(node, names, text);
  }
  for (const { node, parent, scope } of visits) {
    if (parent === undefined || names.declared.has(node) || !rules.isUse(node, parent)) continue;
    resolve(scope, text.slice(node.start, node.end), node.start)?.uses.push(node);
  }
  return names.found;
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
    const { node, parent } = visit;
    const opens = parent !== undefined && rules.opens.has(node.type);
    const scope = opens ? open(node, visit.scope) : visit.scope;
    visits.push(opens ? { node, parent, scope } : visit);
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child?.named === true) stack.push({ node: child, parent: node, scope });
    }
  }
  return visits;
}

class Names implements Binder {
  readonly found: Binding[] = [];
  readonly declared = new Set<SyntaxNode>();
  /** Of the node that declares. */
  scope: Scope | undefined;
  from = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  bind(name: SyntaxNode | undefined): void {
    this.#declare(this.scope, name);
  }

  bindOutside(name: SyntaxNode | undefined): void {
    this.#declare(this.scope?.parent ?? this.scope, name);
  }

  disown(name: SyntaxNode): void {
    this.scope?.foreign.add(this.#text.slice(name.start, name.end));
  }

  #declare(scope: Scope | undefined, node: SyntaxNode | undefined): void {
    if (scope === undefined || node === undefined) return;
    const name = this.#text.slice(node.start, node.end);
    if (scope.foreign.has(name)) return;
    let binding = scope.names.get(name);
    if (binding === undefined) {
      binding = { name, scope: scope.node, from: this.from, declared: [], uses: [] };
      scope.names.set(name, binding);
      this.found.push(binding);
    }
    binding.declared.push(node);
    this.declared.add(node);
  }
}

function resolve(inner: Scope, name: string, at: number): Binding | undefined {
  for (let scope: Scope | undefined = inner; scope !== undefined; scope = scope.parent) {
    const binding = scope.foreign.has(name) ? undefined : scope.names.get(name);
    if (binding !== undefined && binding.from <= at) return binding;
  }
  return undefined;
}
