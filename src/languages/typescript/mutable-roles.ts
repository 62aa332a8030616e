import type { ConditionOf } from '../../engine/mutation/mutable.ts';
import { type Found, type Place, spanOf, typeOf } from './mutable-places.ts';
import { type AstNode, isFunction, word } from './syntax.ts';

const CONDITIONS: Readonly<Record<string, ConditionOf>> = {
  IfStatement: 'if',
  WhileStatement: 'while',
  DoWhileStatement: 'do',
  ForStatement: 'for',
  ConditionalExpression: 'ternary',
};

/** What an expression is for, besides what it is. */
export function rolesOf(place: Place): readonly Found[] {
  const { node, parent, field } = place;
  const type = typeOf(parent);
  if (field === 'test' && CONDITIONS[type] !== undefined) return [{ kind: 'condition', of: CONDITIONS[type] }];
  if (field === 'right' && type === 'AssignmentPattern') return [{ kind: 'default', value: spanOf(node) }];
  if (field === 'argument' && type === 'ReturnStatement')
    return [{ kind: 'return', value: spanOf(node), implied: false }];
  const isBody = field === 'body' && type === 'ArrowFunctionExpression' && node.type !== 'BlockStatement';
  if (!isBody || isFunction(node) || isVoid(node)) return [];
  return [{ kind: 'return', value: spanOf(node), implied: true }];
}

function isVoid(node: AstNode): boolean {
  return word(node, 'operator') === 'void' || word(node, 'name') === 'undefined';
}
