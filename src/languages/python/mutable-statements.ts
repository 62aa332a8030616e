import type { BlockOf, Span } from '../../engine/mutation/mutable.ts';
import { type Binding, bindingsOf, Extents } from '../tree-bindings.ts';
import { endOf, type Found, holds, type Place, parts, type Reading, spanOf } from '../tree-mutables.ts';
import { field, type SyntaxNode, walk } from '../tree-sitter.ts';
import { expressionRuns } from './form.ts';
import { pythonScopes } from './scopes.ts';
import { endOfCode, falls, isEndless, isIdle, isStatement, only } from './statements.ts';

type StatementOf = (Found & { kind: 'statement' })['of'];

const KINDS: readonly (readonly [string, StatementOf, boolean])[] = [
  ['raise_statement', 'throw', true],
  ['break_statement', 'jump', true],
  ['delete_statement', 'delete', true],
  ['assert_statement', 'other', true],
  ['pass_statement', 'other', false],
  ['global_statement', 'declaration', false],
  ['nonlocal_statement', 'declaration', false],
  ['function_definition', 'declaration', false],
  ['class_definition', 'declaration', false],
  ['if_statement', 'compound', false],
  ['for_statement', 'compound', false],
  ['while_statement', 'compound', false],
  ['with_statement', 'compound', false],
  ['try_statement', 'compound', false],
  ['match_statement', 'compound', false],
];

const BLOCKS = new Map<string, BlockOf>([
  ['function_definition', 'function'],
  ['if_statement', 'if'],
  ['elif_clause', 'if'],
  ['else_clause', 'else'],
  ['for_statement', 'loop'],
  ['while_statement', 'loop'],
  ['try_statement', 'try'],
  ['except_clause', 'catch'],
  ['finally_clause', 'finally'],
  ['case_clause', 'case'],
  ['with_statement', 'other'],
]);

export function statementReadings(root: SyntaxNode, text: string): readonly (readonly [string, Reading])[] {
  const losses = new Losses(root, text);
  const simple = KINDS.map(([type, of, removable]): readonly [string, Reading] => [
    type,
    ({ exchange }) => [{ kind: 'statement', of, removable, ...spanOf(exchange) }],
  ]);
  return [
    ...simple,
    ['expression_statement', ({ node, text }) => [expression(node, text, losses)]],
    ['continue_statement', (place) => [{ kind: 'statement', of: 'jump', removable: !isLastOfLoop(place) }]],
    ['return_statement', returned],
    ['block', (place) => block(place, losses)],
  ];
}

function returned(place: Place): readonly Found[] {
  const { node } = place;
  const [value] = parts(node);
  const last = endOf(place, falls).parent?.node.type === 'function_definition';
  return [
    { kind: 'statement', of: 'return', removable: !last },
    { kind: 'return', value: value === undefined ? undefined : spanOf(value), implied: false },
  ];
}

function isLastOfLoop(place: Place): boolean {
  return /^(for|while)_statement$/.test(endOf(place, falls).parent?.node.type ?? '');
}

function expression(node: SyntaxNode, text: string, losses: Losses): Found {
  const inner = only(node);
  const of = kindOf(inner, node, text);
  switch (of) {
    case 'call':
      return { kind: 'statement', of, removable: !losses.stopsGenerating(node) };
    case 'assignment':
      return { kind: 'statement', of, removable: losses.isBoundBefore(node) && !losses.stopsGenerating(node) };
    case 'declaration':
      return { kind: 'statement', of, removable: false };
    default:
      return { kind: 'statement', of, removable: acts(inner) && !losses.stopsGenerating(node) };
  }
}

function kindOf(inner: SyntaxNode | undefined, statement: SyntaxNode, text: string): StatementOf {
  switch (inner?.type) {
    case 'call':
      return 'call';
    case 'await':
      return parts(inner)[0]?.type === 'call' ? 'call' : 'other';
    case 'augmented_assignment':
      return 'assignment';
    case 'assignment': {
      const runs = field(inner, 'right') !== undefined && expressionRuns(statement, text);
      return runs && !text.startsWith('__all__', inner.start) ? 'assignment' : 'declaration';
    }
    default:
      return 'other';
  }
}

/** Whether an expression is there for more than its value. */
function acts(node: SyntaxNode | undefined): boolean {
  return node !== undefined && holds(node, ({ type }) => type === 'call' || type === 'await' || type === 'yield');
}

function block(place: Place, losses: Losses): readonly Found[] {
  const { node, parent, text } = place;
  const of = BLOCKS.get(parent?.node.type ?? '');
  if (parent === undefined || of === undefined) return [];
  const all = parts(node);
  const documented = of === 'function' && all[0] !== undefined && isDocumentation(all[0]);
  const statements = documented ? all.slice(1) : all;
  const [first, last] = [statements[0], statements.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = { start: first.start, end: endOfCode(last) };
  const idle = statements.every(isIdle) || isEndless(parent.node, text);
  const emptiable = !idle && !losses.stopsGenerating(span) && !losses.unbinds(span);
  const found: Found = { kind: 'block', of, statements: statements.length, emptiable, ...span };
  if (first === last && isStatement(first)) return [{ ...found, exchange: { form: 'statement', ...span } }];
  // What is exchanged is the definition, which runs when what is around it does.
  return [of === 'function' ? { ...found, atLoad: parent.atLoad } : found];
}

function isDocumentation(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && only(statement)?.type === 'string';
}

const SCOPES = { ...pythonScopes, opens: new Set([...pythonScopes.opens, 'class_definition']) };

/** What a function is no longer, or knows no longer, without some of its statements. */
class Losses {
  readonly #root: SyntaxNode;
  readonly #declared: Extents<{ readonly binding: Binding; readonly node: SyntaxNode }>;
  readonly #bindings: Extents<Binding>;
  readonly #yields: Extents<SyntaxNode>;

  constructor(root: SyntaxNode, text: string) {
    this.#root = root;
    const bindings = bindingsOf(root, text, SCOPES, (node, parent) => {
      return node.type === 'identifier' && !(parent.type === 'attribute' && node.field === 'attribute');
    });
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
