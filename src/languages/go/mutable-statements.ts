import type { BlockOf } from '../../engine/mutation/mutable.ts';
import { spanning } from '../mutable-kinds.ts';
import { endOf, type Found, type Place, type Reading, spanOf } from '../tree-mutables.ts';
import { holds, isLastOf, parts } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';
import { Needs } from './needs.ts';

type StatementOf = (Found & { kind: 'statement' })['of'];

/** Statements that may be taken out, as far as they themselves go. */
const REMOVABLE: readonly (readonly [string, StatementOf])[] = [
  ['go_statement', 'call'],
  ['defer_statement', 'call'],
  ['send_statement', 'other'],
  ['inc_statement', 'assignment'],
  ['dec_statement', 'assignment'],
  ['break_statement', 'jump'],
  ['continue_statement', 'jump'],
  ['goto_statement', 'jump'],
  ['fallthrough_statement', 'jump'],
];

const KEPT: readonly (readonly [string, StatementOf])[] = [
  ['short_var_declaration', 'declaration'],
  ['var_declaration', 'declaration'],
  ['const_declaration', 'declaration'],
  ['if_statement', 'compound'],
  ['for_statement', 'compound'],
  ['expression_switch_statement', 'compound'],
  ['type_switch_statement', 'compound'],
  ['select_statement', 'compound'],
  ['labeled_statement', 'compound'],
];

const FUNCTION = /^(function_declaration|method_declaration|func_literal)$/;
const CASE = /^(expression|default|type|communication)_case$/;

export function statementReadings(root: SyntaxNode, text: string): readonly (readonly [string, Reading])[] {
  const needs = new Needs(root, text);
  const statement = (place: Place, of: StatementOf, removable: boolean): Found => ({
    kind: 'statement',
    of,
    removable: removable && canGo(place, needs),
  });
  return [
    ...REMOVABLE.map(([type, of]): readonly [string, Reading] => [type, (place) => [statement(place, of, true)]]),
    ...KEPT.map(([type, of]): readonly [string, Reading] => [
      type,
      () => [{ kind: 'statement', of, removable: false }],
    ]),
    ['expression_statement', (place) => [statement(place, kindOf(place), true)]],
    ['assignment_statement', (place) => [statement(place, ...assignment(place))]],
    ['return_statement', (place) => [statement(place, 'return', true), returned(place.node)]],
    ['block', (place) => block(place, needs)],
    ['statement_list', (place) => caseBody(place, needs)],
  ];
}

function kindOf({ node, text }: Place): StatementOf {
  const [inner] = parts(node);
  if (inner?.type === 'type_conversion_expression') return 'call';
  if (inner?.type !== 'call_expression') return 'other';
  return sourceOf(field(inner, 'function'), text) === 'panic' ? 'throw' : 'call';
}

/** `_ = f()` is a call; `_ = x` is for the compiler. */
function assignment({ node, text }: Place): readonly [StatementOf, boolean] {
  const blank = /^_(\s*,\s*_)*$/.test(sourceOf(field(node, 'left'), text));
  if (!blank) return ['assignment', true];
  const acts = holds(node, ({ type }) => type === 'call_expression');
  return [acts ? 'call' : 'other', acts];
}

function returned(node: SyntaxNode): Found {
  const [value] = parts(node);
  return { kind: 'return', value: value === undefined ? undefined : spanOf(value), implied: false };
}

/** One of several statements (not a part of a `for`), the last of none that has to give a value back. */
function canGo(place: Place, needs: Needs): boolean {
  const { node, parent } = place;
  if (!/^(statement_list|labeled_statement)$/.test(parent?.node.type ?? '') || needs.strands(node)) return false;
  const { parent: owner } = endOf(place, falls);
  switch (node.type) {
    case 'return_statement':
      return !FUNCTION.test(owner?.node.type ?? '');
    case 'continue_statement':
      return owner?.node.type !== 'for_statement' || parts(node).length > 0;
    case 'break_statement':
      return parts(node).length > 0 || !endsCase(place);
    default:
      return !givesBack(owner?.node);
  }
}

/** A `break` that changes nothing: what follows is the end of the `switch` anyway. */
function endsCase(place: Place): boolean {
  const list = endOf(place, (at, parent) => !CASE.test(parent.node.type) && falls(at, parent));
  return CASE.test(list.parent?.node.type ?? '');
}

function givesBack(owner: SyntaxNode | undefined): boolean {
  return owner !== undefined && FUNCTION.test(owner.type) && field(owner, 'result') !== undefined;
}

/** Whether what is around ends where this ends. */
function falls({ node }: Place, { node: parent }: Place): boolean {
  if (parent.type === 'statement_list') return isLastOf(node, parent);
  if (parent.type === 'if_statement') return node.field === 'consequence' || node.field === 'alternative';
  return (
    /^(block|labeled_statement|\w+_switch_statement|select_statement)$/.test(parent.type) || CASE.test(parent.type)
  );
}

function block(place: Place, needs: Needs): readonly Found[] {
  const { node, parent } = place;
  const list = node.children.find((child) => child.type === 'statement_list');
  const span = list === undefined ? { start: node.end - 1, end: node.end - 1 } : spanning(parts(list));
  if (parent === undefined || span === undefined) return [];
  const of = ownerOf(node, parent.node);
  const statements = list === undefined ? 0 : parts(list).length;
  const emptiable = statements > 0 && !isEndless(parent.node) && canEmpty(place, span, needs);
  return [{ kind: 'block', of, statements, emptiable, ...span }];
}

function caseBody(place: Place, needs: Needs): readonly Found[] {
  const { node, parent } = place;
  const statements = parts(node);
  const span = spanning(statements);
  if (parent === undefined || span === undefined || !CASE.test(parent.node.type)) return [];
  const idle = statements.every(({ type }) => type === 'break_statement');
  const emptiable = !idle && canEmpty(place, span, needs);
  return [{ kind: 'block', of: 'case', statements: statements.length, emptiable, ...span }];
}

function canEmpty(place: Place, span: { start: number; end: number }, needs: Needs): boolean {
  return !needs.strands(span) && !givesBack(endOf(place, falls).parent?.node);
}

function ownerOf(node: SyntaxNode, parent: SyntaxNode): BlockOf {
  if (FUNCTION.test(parent.type)) return 'function';
  if (parent.type === 'for_statement') return 'loop';
  if (parent.type === 'if_statement') return node.field === 'alternative' ? 'else' : 'if';
  return 'other';
}

/** `for { … }`, which only what is in it can end. */
function isEndless(loop: SyntaxNode): boolean {
  if (loop.type !== 'for_statement') return false;
  const [head] = parts(loop);
  if (head?.type === 'for_clause') return field(head, 'condition') === undefined;
  return head?.field === 'body';
}
