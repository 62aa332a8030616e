import type { Span } from '../../engine/mutation/mutable.ts';
import { Extents } from '../extents.ts';
import { type Binding, type BindingRules, bindingsOf } from '../tree-bindings.ts';
import { type SyntaxNode, walk } from '../tree-sitter.ts';
import { pythonScopes } from './scopes.ts';

const NAMES: BindingRules = {
  ...pythonScopes,
  opens: new Set([...pythonScopes.opens, 'class_definition']),
  isUse: (node, parent) => node.type === 'identifier' && !(parent.type === 'attribute' && node.field === 'attribute'),
  knownFrom: () => 0,
};

/** What a function is no longer, or knows no longer, without some of its statements. */
export class Losses {
  readonly #root: SyntaxNode;
  readonly #declared: Extents<{ readonly binding: Binding; readonly node: SyntaxNode }>;
  readonly #bindings: Extents<Binding>;
  readonly #yields: Extents<SyntaxNode>;

  constructor(root: SyntaxNode, text: string) {
    this.#root = root;
    const bindings = bindingsOf(root, text, NAMES);
    this.#declared = new Extents(
      bindings.flatMap((binding) =>
        binding.declared.map((node) => ({ first: node.start, last: node.start, item: { binding, node } })),
      ),
    );
    this.#bindings = new Extents(bindings.map((binding) => ({ ...extentOf(binding.declared), item: binding })));
    this.#yields = new Extents([...yieldsByFunction(root)].map(([item, nodes]) => ({ ...extentOf(nodes), item })));
  }

  /** Without its last `yield` a function is no generator. */
  stopsGenerating(span: Span): boolean {
    return this.#yields.within(span).some((owner) => this.#isAround(owner, span));
  }

  /** Names that an assignment binds have a value already. */
  isBoundBefore(span: Span): boolean {
    return this.#declared
      .within(span)
      .every(({ binding }) => !this.#isAround(binding.scope, span) || (binding.declared[0]?.start ?? 0) < span.start);
  }

  /** A name of the function would become one of the module. */
  unbinds(span: Span): boolean {
    return this.#bindings
      .within(span)
      .some(
        ({ scope, uses }) =>
          scope !== this.#root &&
          scope.type !== 'class_definition' &&
          this.#isAround(scope, span) &&
          uses.some(({ start }) => start < span.start || start >= span.end),
      );
  }

  #isAround(scope: SyntaxNode, span: Span): boolean {
    return scope === this.#root || scope.start < span.start;
  }
}

function extentOf(nodes: readonly SyntaxNode[]): { first: number; last: number } {
  return { first: nodes[0]?.start ?? 0, last: nodes.at(-1)?.start ?? 0 };
}

function yieldsByFunction(root: SyntaxNode): ReadonlyMap<SyntaxNode, readonly SyntaxNode[]> {
  const found = new Map<SyntaxNode, SyntaxNode[]>();
  const functions: SyntaxNode[] = [];
  for (const node of walk(root)) {
    while ((functions.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node.start) functions.pop();
    if (node.type === 'function_definition' || node.type === 'lambda') functions.push(node);
    const owner = functions.at(-1);
    if (node.type !== 'yield' || !node.named || owner === undefined) continue;
    const known = found.get(owner);
    if (known === undefined) found.set(owner, [node]);
    else known.push(node);
  }
  return found;
}
