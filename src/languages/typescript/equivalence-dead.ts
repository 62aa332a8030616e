import type { Spot } from './equivalence.ts';
import { type AstNode, below, child, children, isFunction, word } from './syntax.ts';

/** Behind a `return`, `throw`, `break` or `continue` of the same list. */
export function isUnreachable(spot: Spot): boolean {
  for (let at: Spot | undefined = spot; at?.parent !== undefined; at = at.parent) {
    const list = children(at.parent.node, at.field);
    const before = list.slice(0, Math.max(0, list.indexOf(at.node)));
    // A function can be called from above.
    if (at.node.type === 'FunctionDeclaration' || !/^(?:body|consequent)$/.test(at.field)) continue;
    if (before.some(({ type }) => /^(?:Return|Throw|Break|Continue)Statement$/.test(type))) return true;
  }
  return false;
}

/** `let a = 1;` where `a` is not read before it is given another value, or nowhere. */
export function isDead(spot: Spot): boolean {
  const declarator = initialOf(spot);
  const name = word(child(declarator?.node, 'id'), 'name');
  const statement = declarator?.parent;
  if (declarator === undefined || statement?.parent === undefined || name === '') return false;
  const around = scopeAround(statement);
  const list = children(statement.parent.node, statement.field);
  const behind = list.slice(list.indexOf(statement.node) + 1);
  if (list.length === 0 || around === undefined) return false;
  const elsewhere = mentions(around, name) - 1 - behind.reduce((sum, next) => sum + mentions(next, name), 0);
  if (elsewhere > 0 || statement.parent.node.type === 'ExportNamedDeclaration') return false;
  const next = behind.find((candidate) => mentions(candidate, name) > 0);
  return next === undefined ? true : overwrites(next, name);
}

/** The default of a parameter that nothing reads. */
export function isNeverRead(spot: Spot): boolean {
  let at: Spot | undefined = spot;
  while (at !== undefined && at.field !== 'right' && isPure(at.node)) at = at.parent;
  if (at?.parent?.node.type !== 'AssignmentPattern' || !isPure(at.node)) return false;
  const name = word(child(at.parent.node, 'left'), 'name');
  const owner = at.parent.parent?.node;
  return name !== '' && owner !== undefined && isFunction(owner) && mentions(owner, name) === 1;
}

/** The declaration of a variable whose initial value, which does nothing else, holds a spot. */
function initialOf(spot: Spot): Spot | undefined {
  let at: Spot | undefined = spot;
  while (at !== undefined && at.field !== 'init' && isPure(at.node)) at = at.parent;
  if (at === undefined || !isPure(at.node) || at.parent?.node.type !== 'VariableDeclarator') return undefined;
  return at.parent;
}

function isPure(node: AstNode): boolean {
  switch (node.type) {
    case 'ArrayExpression':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return below(node).every(isPure);
    default:
      return /^(?:Numeric|String|Boolean|Null|BigInt)Literal$/.test(node.type);
  }
}

/** The function that a declaration is in; the module, where nobody outside can see it. */
function scopeAround(statement: Spot): AstNode | undefined {
  let at = statement.parent;
  while (at?.parent !== undefined && !isFunction(at.node)) at = at.parent;
  if (at === undefined || isFunction(at.node)) return at?.node;
  return at.node['sourceType'] === 'module' ? at.node : undefined;
}

function overwrites(statement: AstNode, name: string): boolean {
  const assignment = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : undefined;
  const [target, value] = [child(assignment, 'left'), child(assignment, 'right')];
  if (assignment?.type !== 'AssignmentExpression' || assignment['operator'] !== '=' || value === undefined)
    return false;
  return target?.type === 'Identifier' && word(target, 'name') === name && mentions(value, name) === 0;
}

function mentions(node: AstNode, name: string): number {
  const own = /Identifier$/.test(node.type) && word(node, 'name') === name ? 1 : 0;
  return below(node).reduce((sum, next) => sum + mentions(next, name), own);
}
