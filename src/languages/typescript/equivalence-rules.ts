import type { Edit } from '../../engine/mutation/mutable.ts';
import type { Spot } from './equivalence.ts';
import { uncast } from './erased.ts';
import { type AstNode, child, children, isFunction, keyName, word } from './syntax.ts';

type Rule = (spot: Spot, edit: Edit, text: string) => boolean;

/** What an edit that leaves everything as it was looks like. */
export const RULES: readonly Rule[] = [
  neverNullish,
  numberAnyway,
  sameSign,
  onlyWhetherFound,
  picksExtreme,
  emptyLoop,
  beyondEnd,
  defaultEncoding,
  alreadyChecked,
];

const NEVER_NULLISH =
  /^(?:(?:Numeric|String|Boolean|BigInt|RegExp|Template)Literal|(?:Array|Object|Function|ArrowFunction|Class|New|Binary|Update)Expression)$/;

/** `[a]?.b`, `(a + b) ?? c`. */
function neverNullish({ node }: Spot, edit: Edit, text: string): boolean {
  const removed = text.slice(edit.start, edit.end);
  if (node.type === 'LogicalExpression' && node['operator'] === '??' && edit.text === '' && edit.end === node.end)
    return isNeverNullish(child(node, 'left'));
  if (!/^Optional/.test(node.type) || removed !== '?.') return false;
  return isNeverNullish(child(node, 'object') ?? child(node, 'callee'));
}

function isNeverNullish(node: AstNode | undefined): boolean {
  if (node === undefined) return false;
  const inner = uncast(node);
  if (inner.type === 'UnaryExpression') return inner['operator'] !== 'void';
  return NEVER_NULLISH.test(inner.type);
}

/** `+a - b`. */
function numberAnyway({ node, parent }: Spot, { text: replacement }: Edit): boolean {
  if (node.type !== 'UnaryExpression' || node['operator'] !== '+' || replacement.trim() !== '') return false;
  if (parent?.node.type === 'UnaryExpression') return /^[-+~]$/.test(word(parent.node, 'operator'));
  return parent?.node.type === 'BinaryExpression' && /^(?:[-*/%&|^]|\*\*|<<|>>>?)$/.test(word(parent.node, 'operator'));
}

/** Of what a comparison function gives back only the sign counts. */
function sameSign({ node, parent, field }: Spot, edit: Edit): boolean {
  if (node.type !== 'NumericLiteral' || !(Number(node['value']) > 0 && Number(edit.text) > 0)) return false;
  let at: Spot | undefined = { node, parent, field };
  const passes = ({ node: { type }, field: place }: Spot, around: AstNode): boolean =>
    (around.type === 'UnaryExpression' && around['operator'] === '-') ||
    (around.type === 'ConditionalExpression' && place !== 'test' && type !== '') ||
    around.type === 'ReturnStatement' ||
    (/^(?:Block|If)Statement$/.test(around.type) && place !== 'test');
  while (at.parent !== undefined && passes(at, at.parent.node)) at = at.parent;
  const owner = at.parent;
  if (owner === undefined || !isFunction(owner.node) || at.field !== 'body') return false;
  const callee = owner.field === 'arguments' ? child(owner.parent?.node, 'callee') : undefined;
  return /^(?:sort|toSorted)$/.test(keyName(child(callee, 'property'), false) ?? '');
}

/** `a.indexOf(b) !== -1` asks nothing that `lastIndexOf` would not say. */
function onlyWhetherFound({ node, parent, field }: Spot, edit: Edit): boolean {
  if (
    field !== 'property' ||
    !/^(?:(?:last)?[iI]ndexOf|find(?:Last)?Index)$/.test(edit.text) ||
    node.type !== 'Identifier'
  )
    return false;
  const call = parent?.parent;
  const comparison = call?.parent?.node;
  if (parent?.field !== 'callee' || call === undefined || children(call.node, 'arguments').length !== 1) return false;
  if (comparison?.type !== 'BinaryExpression' || call.field !== 'left') return false;
  const [operator, limit] = [word(comparison, 'operator'), child(comparison, 'right')];
  const minusOne =
    limit?.type === 'UnaryExpression' && limit['operator'] === '-' && child(limit, 'argument')?.['value'] === 1;
  return minusOne ? /^(?:[=!]==?|>)$/.test(operator) : limit?.['value'] === 0 && /^(?:>=|<)$/.test(operator);
}

/** `if (a > b) b = a`: nothing changes for equals. */
function picksExtreme({ node, parent, field }: Spot, edit: Edit, text: string): boolean {
  const condition = parent?.node;
  if (node.type !== 'BinaryExpression' || condition?.type !== 'IfStatement' || field !== 'test') return false;
  if (!/^\s*[<>]=?\s*$/.test(edit.text) || edit.text.trim().charAt(0) !== word(node, 'operator').charAt(0))
    return false;
  if (child(condition, 'alternate') !== undefined) return false;
  const assignment = child(onlyStatement(child(condition, 'consequent')), 'expression');
  if (assignment?.type !== 'AssignmentExpression' || assignment['operator'] !== '=') return false;
  const of = (owner: AstNode): string =>
    ['left', 'right']
      .map((side) => sourceOf(child(owner, side), text))
      .sort()
      .join('\n');
  return of(node) === of(assignment);
}

function onlyStatement(body: AstNode | undefined): AstNode | undefined {
  if (body?.type !== 'BlockStatement') return body;
  const [only, ...more] = children(body, 'body');
  return more.length === 0 ? only : undefined;
}

function sourceOf(node: AstNode | undefined, text: string): string {
  return node === undefined ? '' : text.slice(node.start, node.end);
}

/** `if (a.length > 0) for (const b of a) …`: without elements it does nothing anyway. */
function emptyLoop(spot: Spot, edit: Edit, text: string): boolean {
  const condition = spot.field === 'test' ? spot.parent?.node : undefined;
  if (condition?.type !== 'IfStatement' || child(condition, 'alternate') !== undefined) return false;
  const asked = /^([\w$.]+)\.(?:length|size)(?:\s*(?:>|!==?)\s*0)?$/.exec(sourceOf(spot.node, text))?.[1];
  const forced = edit.text === 'true' && edit.start === spot.node.start;
  if (asked === undefined || !(forced || edit.text.trim() === '>=')) return false;
  const loop = onlyStatement(child(condition, 'consequent'));
  if (loop?.type === 'ForOfStatement') return sourceOf(child(loop, 'right'), text) === asked;
  const callee = child(child(loop, 'expression'), 'callee');
  return keyName(child(callee, 'property'), false) === 'forEach' && sourceOf(child(callee, 'object'), text) === asked;
}

/** `a.slice(b, a.length + 1)`. */
function beyondEnd({ node, field, parent }: Spot, edit: Edit, text: string): boolean {
  if (field !== 'arguments' || edit.start !== node.start || parent === undefined) return false;
  const callee = child(parent.node, 'callee');
  if (!/^(?:slice|substring|subarray)$/.test(keyName(child(callee, 'property'), false) ?? '')) return false;
  const end = `${sourceOf(child(callee, 'object'), text)}.length`;
  return children(parent.node, 'arguments')[1] === node && sourceOf(node, text) === end && edit.text === `${end} + 1`;
}

/** Without a name of an encoding it is UTF-8. */
function defaultEncoding({ node, field, parent }: Spot, edit: Edit, text: string): boolean {
  if (node.type !== 'StringLiteral' || field !== 'arguments' || edit.text !== '') return false;
  return (
    /^utf-?8$/i.test(word(node, 'value')) &&
    /^Buffer\.(?:from|byteLength)$/.test(sourceOf(child(parent?.node, 'callee'), text))
  );
}

/** `a && a?.b`, `if (a) a?.b`, where nothing gives `a` another value. */
function alreadyChecked({ node, parent, field }: Spot, edit: Edit, text: string): boolean {
  const checked = child(node, 'object') ?? child(node, 'callee');
  if (!/^Optional/.test(node.type) || text.slice(edit.start, edit.end) !== '?.' || checked?.type !== 'Identifier')
    return false;
  const name = word(checked, 'name');
  let at: Spot = { node, parent, field };
  while (at.parent !== undefined && !isFunction(at.parent.node)) {
    if (tests(at, name)) return !isReassigned(name, text);
    at = at.parent;
  }
  return false;
}

function tests({ parent, field }: Spot, name: string): boolean {
  if (parent === undefined) return false;
  const { node } = parent;
  if (node.type === 'LogicalExpression')
    return field === 'right' && node['operator'] === '&&' && holds(child(node, 'left'), name);
  return /^(?:If|Conditional)/.test(node.type) && field === 'consequent' && holds(child(node, 'test'), name);
}

/** Whether a condition is true only if the variable is. */
function holds(condition: AstNode | undefined, name: string): boolean {
  if (condition?.type === 'LogicalExpression' && condition['operator'] === '&&')
    return holds(child(condition, 'left'), name) || holds(child(condition, 'right'), name);
  return condition?.type === 'Identifier' && word(condition, 'name') === name;
}

/** Anywhere in the file: who can say what is called in between. */
function isReassigned(name: string, text: string): boolean {
  const plain = name.replaceAll('$', '\\$');
  const assigned = `(?<!\\b(?:const|let|var)\\s+|[.\\w$])${plain}\\s*(?:=(?![=>])|[-+*/|&?]+=|\\+\\+|--)`;
  return new RegExp(`${assigned}|(?:\\+\\+|--)${plain}\\b`).test(text);
}
