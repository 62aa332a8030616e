import { uncast } from './erased.ts';
import { type AstNode, child, children, isFunction, keyName } from './syntax.ts';

const TESTS = /^(it|test|specify|bench|fit)$/;
const SUITES = /^(describe|suite|context|fdescribe)$/;
const OFF = /^(xit|xtest|xspecify|xdescribe|xcontext)$/;

/** A test that is skipped, empty or still to be written, or a suite of nothing but such. */
export function isIdleTest(statement: AstNode): boolean {
  const call = callOf(statement);
  const [root = '', ...modifiers] = calleeNames(call);
  if (call === undefined) return false;
  if (OFF.test(root)) return true;
  if (!TESTS.test(root) && !SUITES.test(root)) return false;
  if (modifiers.some((name) => /^(skip|todo)$/.test(name)) || children(call, 'arguments').some(turnsOff)) return true;
  const body = children(call, 'arguments').map(uncast).findLast(isFunction);
  const block = child(body, 'body');
  if (body === undefined) return TESTS.test(root) && children(call, 'arguments').length === 1;
  if (block?.type !== 'BlockStatement') return false;
  return children(block, 'body').every((inner) => SUITES.test(root) && isIdleTest(inner));
}

/** Whether the first argument of a call is the title of a test. */
export function isTitled(call: AstNode): boolean {
  if (call.type !== 'CallExpression') return false;
  const [root = ''] = calleeNames(call);
  return TESTS.test(root) || SUITES.test(root);
}

function callOf(statement: AstNode): AstNode | undefined {
  const expression = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : undefined;
  const call = expression?.type === 'AwaitExpression' ? child(expression, 'argument') : expression;
  return call?.type === 'CallExpression' ? call : undefined;
}

/** `['it', 'skip', 'each']` of ``it.skip.each([])`…`()``. */
function calleeNames(call: AstNode | undefined): readonly string[] {
  const names: string[] = [];
  for (let node = child(call, 'callee'); node !== undefined; ) {
    const name = node.type === 'MemberExpression' ? keyName(child(node, 'property'), false) : keyName(node, false);
    if (name !== undefined) names.unshift(name);
    node = child(node, 'object') ?? child(node, 'callee') ?? child(node, 'tag');
  }
  return names;
}

/** `{ skip: true }`, `{ todo: 'later' }` of node:test. */
function turnsOff(argument: AstNode): boolean {
  return children(argument, 'properties').some((property) => {
    const value = child(property, 'value');
    const off = value?.['value'] === true || value?.type === 'StringLiteral';
    return off && /^(skip|todo)$/.test(keyName(child(property, 'key'), false) ?? '');
  });
}
