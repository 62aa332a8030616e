import type { BlockOf, Mutable } from '../../engine/mutation/mutable.ts';
import { type Found, isLastOf, isLoop, type Place, type Reading, spanOf, statementExchange } from './mutable-places.ts';
import { type AstNode, child, children, isFunction, word } from './syntax.ts';

type StatementOf = Extract<Mutable, { kind: 'statement' }>['of'];

export const STATEMENTS: readonly (readonly [string, Reading])[] = [
  ['ExpressionStatement', expression],
  ['ReturnStatement', returned],
  ['ThrowStatement', (place) => [statement(place, 'throw', true)]],
  ['BreakStatement', (place) => [statement(place, 'jump', isLabelled(place) || !isLastOf(place, 'switch'))]],
  ['ContinueStatement', (place) => [statement(place, 'jump', isLabelled(place) || !isLastOf(place, 'loop'))]],
  ...['VariableDeclaration', 'FunctionDeclaration', 'ClassDeclaration'].map((type): readonly [string, Reading] => [
    type,
    (place) => (isInList(place) ? [statement(place, 'declaration', false)] : []),
  ]),
  ...['If', 'For', 'ForIn', 'ForOf', 'While', 'DoWhile', 'Switch', 'Try', 'Labeled'].map(
    (type): readonly [string, Reading] => [`${type}Statement`, (place) => [statement(place, 'compound', false)]],
  ),
  ['BlockStatement', block],
  ['SwitchCase', caseBody],
];

function statement(place: Place, of: StatementOf, removable: boolean): Found {
  return { kind: 'statement', of, removable, exchange: statementExchange(place) };
}

/** Not the head of a `for`. */
function isInList({ field }: Place): boolean {
  return field === 'body' || field === 'consequent' || field === 'declaration';
}

function isLabelled({ node }: Place): boolean {
  return child(node, 'label') !== undefined;
}

function expression(place: Place): readonly Found[] {
  const inner = child(place.node, 'expression');
  const of = inner === undefined ? 'other' : kindOf(inner);
  const isSuper = child(inner, 'callee')?.type === 'Super';
  return [statement(place, of, of !== 'declaration' && !isSuper && inner !== undefined && acts(inner))];
}

/** `exports.use = function …`, `module.exports = …`: without it nothing works. */
function defines(assignment: AstNode): boolean {
  const [target, value] = [child(assignment, 'left'), child(assignment, 'right')];
  if (value !== undefined && (isFunction(value) || value.type === 'ClassExpression')) return true;
  return word(child(target, 'object'), 'name') === 'module' && word(child(target, 'property'), 'name') === 'exports';
}

function kindOf(inner: AstNode): StatementOf {
  switch (inner.type) {
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return 'call';
    case 'AwaitExpression': {
      const awaited = child(inner, 'argument');
      return awaited !== undefined && kindOf(awaited) === 'call' ? 'call' : 'other';
    }
    case 'AssignmentExpression':
      return defines(inner) ? 'declaration' : 'assignment';
    case 'UpdateExpression':
      return 'assignment';
    case 'UnaryExpression': {
      const operand = child(inner, 'argument');
      if (inner['operator'] === 'delete') return 'delete';
      return inner['operator'] === 'void' && operand !== undefined ? kindOf(operand) : 'other';
    }
    default:
      return 'other';
  }
}

/** A name or literal that stands alone does nothing. */
function acts({ type }: AstNode): boolean {
  return !/^(?:Identifier|\w*Literal|ThisExpression|FunctionExpression|ArrowFunctionExpression|ClassExpression)$/.test(
    type,
  );
}

function returned(place: Place): readonly Found[] {
  const found = statement(place, 'return', !isLastOf(place, 'function'));
  if (child(place.node, 'argument') !== undefined) return [found];
  return [found, { kind: 'return', value: undefined, implied: false, exchange: statementExchange(place) }];
}

function block(place: Place): readonly Found[] {
  const { node, parent, field } = place;
  const of = parent === undefined ? undefined : ownerOf(parent.node, field);
  if (parent === undefined || of === undefined) return [];
  return [listed(place, of, children(node, 'body'), mayBeEmpty(place, parent))];
}

function ownerOf(parent: AstNode, field: string): BlockOf | undefined {
  if (isFunction(parent)) return 'function';
  if (isLoop(parent)) return 'loop';
  switch (parent.type) {
    case 'IfStatement':
      return field === 'alternate' ? 'else' : 'if';
    case 'TryStatement':
      return field === 'finalizer' ? 'finally' : 'try';
    case 'CatchClause':
      return 'catch';
    case 'SwitchCase':
      return 'case';
    default:
      return 'other';
  }
}

/** `while (a) {}` never ends; a constructor has to call its parent's; functions declared twice cannot go into a block. */
function mayBeEmpty({ node }: Place, { node: owner, parent }: Place): boolean {
  if (owner.type === 'WhileStatement' || owner.type === 'DoWhileStatement') return false;
  if (owner.type === 'ForStatement') return child(owner, 'update') !== undefined && child(owner, 'test') !== undefined;
  if (!isFunction(owner)) return true;
  if (owner['kind'] === 'constructor' && child(parent?.parent?.node, 'superClass') !== undefined) return false;
  return !children(node, 'body').some((statement) => statement.type === 'FunctionDeclaration');
}

/** What is declared in one case is seen by the others. */
function caseBody(place: Place): readonly Found[] {
  const statements = children(place.node, 'consequent');
  const last = statements.at(-1);
  const own = last?.type === 'BreakStatement' ? statements.slice(0, -1) : statements;
  if (own[0] === undefined || own[0].type === 'BlockStatement') return [];
  return [listed(place, 'case', own, !own.some(({ type }) => /Declaration$/.test(type)))];
}

function listed({ node }: Place, of: BlockOf, all: readonly AstNode[], emptiable: boolean): Found {
  const statements = all.filter(({ type }) => !/^(?:EmptyStatement|TS(?:TypeAlias|Interface)Declaration)$/.test(type));
  const start = all[0]?.start ?? node.end - 1;
  const span = { start, end: all.at(-1)?.end ?? start };
  const acting = statements.some(({ type }) => !/^(?:Function|Class)Declaration$/.test(type));
  return {
    kind: 'block',
    of,
    statements: statements.length,
    emptiable: emptiable && acting,
    ...span,
    exchange: { ...(node.type === 'BlockStatement' ? spanOf(node) : span), form: 'statement' },
  };
}
