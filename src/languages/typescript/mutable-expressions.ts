import type { Span } from '../../engine/mutation/mutable.ts';
import { type Found, functionAround, isCast, type Place, type Reading, spanOf, typeOf } from './mutable-places.ts';
import { child, children, word } from './syntax.ts';

export const EXPRESSIONS: readonly (readonly [string, Reading])[] = [
  ['BinaryExpression', (place, text) => infix(place, text, 'binary')],
  ['LogicalExpression', (place, text) => infix(place, text, 'logical')],
  ['UnaryExpression', unary],
  ['UpdateExpression', update],
  ['AssignmentExpression', assignment],
  ['CallExpression', call],
  ['OptionalCallExpression', (place, text) => [...call(place), ...chain(place, text, 'callee')]],
  ['OptionalMemberExpression', (place, text) => chain(place, text, 'object')],
  ['NewExpression', call],
  ['AwaitExpression', awaited],
];

function infix({ node }: Place, text: string, kind: 'binary' | 'logical'): readonly Found[] {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  const operator = left === undefined ? undefined : tokenAfter(text, left.end, word(node, 'operator'));
  if (left === undefined || right === undefined || operator === undefined) return [];
  return [{ kind, operator, left: spanOf(left), right: spanOf(right) }];
}

function unary(place: Place, text: string): readonly Found[] {
  const { node, parent } = place;
  const [token, operand] = [word(node, 'operator'), child(node, 'argument')];
  if (!/^[-+!~]$/.test(token) || operand === undefined) return [];
  // Without either of `!!` it is the same mutant.
  if (token === '!' && typeOf(parent) === 'UnaryExpression' && parent?.node['operator'] === '!') return [];
  if (begins(place, text, operand.start)) return [];
  return [{ kind: 'unary', operator: { start: node.start, end: node.start + 1 }, operand: spanOf(operand) }];
}

/** The end of a `for` is counted by nothing else. */
function update({ node, parent, field }: Place): readonly Found[] {
  const operand = child(node, 'argument');
  if (operand === undefined || (typeOf(parent) === 'ForStatement' && field === 'update')) return [];
  const start = node['prefix'] === true ? node.start : node.end - 2;
  const value = typeOf(parent) !== 'ExpressionStatement';
  return [{ kind: 'update', operator: { start, end: start + 2 }, operand: spanOf(operand), value }];
}

function assignment({ node }: Place, text: string): readonly Found[] {
  const [target, value, token] = [child(node, 'left'), child(node, 'right'), word(node, 'operator')];
  if (target === undefined || value === undefined || token === '=') return [];
  const operator = tokenAfter(text, target.end, token);
  return operator === undefined ? [] : [{ kind: 'assignment', operator, target: spanOf(target), value: spanOf(value) }];
}

function call({ node }: Place): readonly Found[] {
  const callee = child(node, 'callee');
  if (callee === undefined || /^(?:Super|Import)$/.test(callee.type) || word(callee, 'name') === 'require') return [];
  const receiver = child(callee, 'object');
  return [
    {
      kind: 'call',
      callee: { start: node.start, end: callee.end },
      name: spanOf(child(callee, 'property') ?? callee),
      receiver: receiver === undefined ? undefined : spanOf(receiver),
      arguments: children(node, 'arguments').map(spanOf),
      isNew: node.type === 'NewExpression',
    },
  ];
}

function chain({ node }: Place, text: string, field: 'object' | 'callee'): readonly Found[] {
  const before = child(node, field);
  const operator = before === undefined || node['optional'] !== true ? undefined : tokenAfter(text, before.end, '?.');
  return operator === undefined ? [] : [{ kind: 'optional-chain', operator }];
}

/** A promise that is returned is awaited by whoever called, unless an error would be caught here. */
function awaited(place: Place, text: string): readonly Found[] {
  const operand = child(place.node, 'argument');
  if (operand === undefined || isReturned(place) || begins(place, text, operand.start)) return [];
  return [{ kind: 'await', operand: spanOf(operand) }];
}

function isReturned(place: Place): boolean {
  let at = place;
  while (at.parent !== undefined && isCast(at.parent)) at = at.parent;
  const type = typeOf(at.parent);
  if (type !== 'ReturnStatement' && !(type === 'ArrowFunctionExpression' && at.field === 'body')) return false;
  const owner = functionAround(place);
  for (let around = at.parent; around !== undefined && around !== owner; around = around.parent)
    if (around.node.type === 'TryStatement') return false;
  return owner?.node['generator'] !== true;
}

/** Whether a statement would begin with a bracket that continues the line above, if a word or sign before it went. */
function begins({ node, parent }: Place, text: string, operand: number): boolean {
  let at = parent;
  while (at !== undefined && at.node.start === node.start && typeOf(at) !== 'ExpressionStatement') at = at.parent;
  if (typeOf(at) !== 'ExpressionStatement' || at?.node.start !== node.start) return false;
  if (/[;{}]\s*$/.test(text.slice(Math.max(0, node.start - 200), node.start))) return false;
  return /^[-+([`/]/.test(text.slice(node.start, operand + 1).replace(/^(?:await\b|[-+!~])\s*/, ''));
}

/** Place of an operator behind what is before it: closing parentheses and comments may stand between. */
function tokenAfter(text: string, from: number, token: string): Span | undefined {
  let at = from;
  for (;;) {
    if (text.startsWith(token, at)) return { start: at, end: at + token.length };
    const skipped = /^(?:\s+|\)|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(text.slice(at, at + 2000))?.[0].length;
    if (skipped === undefined) return undefined;
    at += skipped;
  }
}
