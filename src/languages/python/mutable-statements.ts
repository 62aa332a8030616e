import type { BlockOf } from '../../engine/mutation/mutable.ts';
import { endOf, type Found, type Place, type Reading, spanOf } from '../tree-mutables.ts';
import { holds, parts } from '../tree-nodes.ts';
import { field, type SyntaxNode } from '../tree-sitter.ts';
import { expressionRuns } from './form.ts';
import { Losses } from './losses.ts';
import { endOfCode, falls, isEndless, isIdle, only } from './statements.ts';

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
  // Neighbours are exchanged together: what is around them may run at another time, and as a whole is more.
  const exchange = { form: 'statement' as const, ...span };
  return [{ kind: 'block', of, statements: statements.length, emptiable, ...span, exchange }];
}

function isDocumentation(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && only(statement)?.type === 'string';
}
