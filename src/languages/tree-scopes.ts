import { LocalScope } from './local-scope.ts';
import type { SyntaxNode } from './tree-sitter.ts';

/** Where names of a language are bound. What the module itself binds keeps its name: others may use it. */
export interface ScopeRules {
  /** Nodes that names are local to. */
  readonly opens: ReadonlySet<string>;
  /** Declares what a node binds. `scope` is its own where it opens one, else the nearest around it. */
  declare(node: SyntaxNode, scope: Binder, text: string): void;
}

export interface Binder {
  bind(name: SyntaxNode | undefined): void;
  /** In the scope around this one: the name of a nested function. */
  bindOutside(name: SyntaxNode | undefined): void;
  disown(name: SyntaxNode): void;
}

export type Scopes = ReadonlyMap<SyntaxNode, LocalScope>;

export function buildScopes(root: SyntaxNode, text: string, rules: ScopeRules): Scopes {
  const scopes = new Map<SyntaxNode, LocalScope>();
  const stack: { readonly node: SyntaxNode; readonly around: LocalScope }[] = [
    { node: root, around: new LocalScope() },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, around } = next;
    const own = rules.opens.has(node.type) ? new LocalScope(around) : undefined;
    if (own !== undefined) scopes.set(node, own);
    const scope = own ?? around;
    if (node.named) rules.declare(node, binder(scope, text), text);
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child !== undefined) stack.push({ node: child, around: scope });
    }
  }
  return scopes;
}

function binder(scope: LocalScope, text: string): Binder {
  const declare = (target: LocalScope | undefined, name: SyntaxNode | undefined): void => {
    if (name === undefined || target?.parent === undefined) return;
    const word = text.slice(name.start, name.end);
    if (word !== '_') target.declare(word);
  };
  return {
    bind: (name) => declare(scope, name),
    bindOutside: (name) => declare(scope.parent, name),
    disown: (name) => scope.disown(text.slice(name.start, name.end)),
  };
}
