import type { BlockOf, Span } from '../../engine/mutation/mutable.ts';
import { spanning } from '../mutable-kinds.ts';
import { endOf, type Found, type Place, type Reading, spanOf } from '../tree-mutables.ts';
import { holds, parts } from '../tree-nodes.ts';
import type { SyntaxNode } from '../tree-sitter.ts';
import { diverts, falls, isEndless, leavesNothingToCatch, mustDivert } from './flow.ts';
import { OpenNames } from './open-names.ts';

type StatementOf = (Found & { kind: 'statement' })['of'];

const KEPT: readonly (readonly [string, StatementOf])[] = [
  ['local_variable_declaration', 'declaration'],
  ['field_declaration', 'declaration'],
  ['constant_declaration', 'declaration'],
  ['explicit_constructor_invocation', 'call'],
  ['yield_statement', 'jump'],
  ['if_statement', 'compound'],
  ['for_statement', 'compound'],
  ['enhanced_for_statement', 'compound'],
  ['while_statement', 'compound'],
  ['do_statement', 'compound'],
  ['try_statement', 'compound'],
  ['try_with_resources_statement', 'compound'],
  ['synchronized_statement', 'compound'],
  ['labeled_statement', 'compound'],
];

const REMOVABLE: readonly (readonly [string, StatementOf])[] = [
  ['throw_statement', 'throw'],
  ['break_statement', 'jump'],
  ['continue_statement', 'jump'],
  ['assert_statement', 'other'],
];

const LOOP = /^((enhanced_)?for|while|do)_statement$/;

export function statementReadings(root: SyntaxNode, text: string): readonly (readonly [string, Reading])[] {
  const open = new OpenNames(root, text);
  const statement = (place: Place, of: StatementOf): Found => ({
    kind: 'statement',
    of,
    removable: canGo(place, of, open),
  });
  return [
    ...KEPT.map(([type, of]): readonly [string, Reading] => [
      type,
      () => [{ kind: 'statement', of, removable: false }],
    ]),
    ...REMOVABLE.map(([type, of]): readonly [string, Reading] => [type, (place) => [statement(place, of)]]),
    ['expression_statement', (place) => (isValue(place) ? [] : [statement(place, kindOf(place.node))])],
    ['return_statement', (place) => [statement(place, 'return'), returned(place.node)]],
    ['block', (place) => block(place, open)],
    ['constructor_body', (place) => block(place, open)],
    ['switch_block_statement_group', (place) => group(place, open)],
  ];
}

/** `case 1 -> 2;` of a `switch` that has a value. */
function isValue(place: Place): boolean {
  return place.parent?.node.type === 'switch_rule' && mustDivert(place);
}

function kindOf(node: SyntaxNode): StatementOf {
  switch (parts(node)[0]?.type) {
    case 'method_invocation':
    case 'object_creation_expression':
      return 'call';
    case 'assignment_expression':
    case 'update_expression':
      return 'assignment';
    default:
      return 'other';
  }
}

function returned(node: SyntaxNode): Found {
  const [value] = parts(node);
  return { kind: 'return', value: value === undefined ? undefined : spanOf(value), implied: false };
}

function canGo(place: Place, of: StatementOf, open: OpenNames): boolean {
  const { node } = place;
  if (mustDivert(place) || isInVain(place) || !canMiss(place, node, open)) return false;
  return of !== 'other' || node.type === 'assert_statement' || holds(node, ({ type }) => type === 'method_invocation');
}

/** A jump to where control goes anyway, or without which a loop has no end. */
function isInVain(place: Place): boolean {
  const { node } = place;
  const owner = endOf(place, falls);
  switch (node.type) {
    case 'return_statement':
      return /^(method|constructor|compact_constructor)_declaration$|^lambda_expression$/.test(
        owner.parent?.node.type ?? '',
      );
    case 'continue_statement':
      return parts(node).length === 0 && LOOP.test(owner.parent?.node.type ?? '');
    case 'break_statement':
      return parts(node).length === 0 && (endsLastCase(place) || endsEndless(place));
    default:
      return false;
  }
}

function endsLastCase(place: Place): boolean {
  const last = endOf(place, (at, parent) => parent.node.type !== 'switch_expression' && falls(at, parent));
  return last.node.type === 'switch_block';
}

function endsEndless(place: Place): boolean {
  for (let at = place.parent; at !== undefined; at = at.parent) {
    if (at.node.type === 'switch_expression') return false;
    if (LOOP.test(at.node.type)) return isEndless(at.node, place.text);
  }
  return false;
}

/** Whether the compiler accepts what is left without a part of the text. */
function canMiss(place: Place, span: Span, open: OpenNames): boolean {
  if (open.setIn(span) || leavesNothingToCatch(place, span)) return false;
  return !(diverts(place.node) && open.isWantedAfter(span));
}

const OWNERS = new Map<string, BlockOf>([
  ['method_declaration', 'function'],
  ['constructor_declaration', 'function'],
  ['compact_constructor_declaration', 'function'],
  ['lambda_expression', 'function'],
  ['for_statement', 'loop'],
  ['enhanced_for_statement', 'loop'],
  ['while_statement', 'loop'],
  ['do_statement', 'loop'],
  ['try_statement', 'try'],
  ['try_with_resources_statement', 'try'],
  ['catch_clause', 'catch'],
  ['finally_clause', 'finally'],
  ['switch_rule', 'case'],
]);

function block(place: Place, open: OpenNames): readonly Found[] {
  const { node, parent, text } = place;
  if (parent === undefined) return [];
  const statements = parts(node).filter(({ type }) => type !== 'explicit_constructor_invocation');
  const span = spanning(statements) ?? { start: node.end - 1, end: node.end - 1 };
  const emptiable =
    statements.length > 0 && !isEndless(parent.node, text) && !mustDivert(place) && canMiss(place, span, open);
  return [{ kind: 'block', of: ownerOf(node, parent.node), statements: statements.length, emptiable, ...span }];
}

function ownerOf(node: SyntaxNode, parent: SyntaxNode): BlockOf {
  if (parent.type === 'if_statement') return node.field === 'alternative' ? 'else' : 'if';
  return OWNERS.get(parent.type) ?? 'other';
}

/** The statements of an old-fashioned `case`. */
function group(place: Place, open: OpenNames): readonly Found[] {
  const statements = parts(place.node).filter(({ type }) => type !== 'switch_label');
  const span = spanning(statements);
  if (span === undefined) return [];
  const idle = statements.every(({ type }) => type === 'break_statement');
  const emptiable = !idle && !mustDivert(place) && canMiss(place, span, open);
  return [{ kind: 'block', of: 'case', statements: statements.length, emptiable, ...span }];
}
