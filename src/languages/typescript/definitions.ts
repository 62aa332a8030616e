import type { Definition } from '../lazy-analysis.ts';
import { uncast } from './erased.ts';
import { type AstNode, below, child, children, isFunction, keyName, word } from './syntax.ts';

/** Functions, classes, methods and types with their qualified names, outer ones first. */
export function definitionsOf(program: AstNode): readonly Definition[] {
  const found: Definition[] = [];
  const visit = (node: AstNode, around: string): void => {
    const own = definitionName(node);
    const name = own === undefined ? around : around === '' ? own : `${around}.${own}`;
    if (own !== undefined) found.push({ name, start: node.start, end: node.end });
    for (const next of below(node)) visit(next, name);
  };
  visit(program, '');
  return found;
}

/** What a node defines; undefined where it defines nothing. */
export function definitionName(node: AstNode): string | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSDeclareFunction':
      return word(child(node, 'id'), 'name') || (node.type.startsWith('TS') ? undefined : 'default');
    case 'ClassMethod':
    case 'ClassPrivateMethod':
    case 'ObjectMethod':
    case 'TSDeclareMethod':
      return keyName(child(node, 'key'), node['computed'] === true);
    case 'ClassProperty':
    case 'ClassPrivateProperty':
    case 'ObjectProperty':
      return holdsCode(child(node, 'value')) ? keyName(child(node, 'key'), node['computed'] === true) : undefined;
    case 'VariableDeclarator':
      return holdsCode(child(node, 'init')) ? keyName(child(node, 'id'), false) : undefined;
    case 'AssignmentExpression':
      return holdsCode(child(node, 'right')) ? memberName(child(node, 'left')) : undefined;
    default:
      return undefined;
  }
}

/** A function or class, bare or handed to a call (`memo(() => …)`), or an object of such. */
function holdsCode(value: AstNode | undefined): boolean {
  if (value === undefined) return false;
  const node = uncast(value);
  if (isFunction(node) || node.type === 'ClassExpression') return true;
  if (node.type === 'CallExpression') return children(node, 'arguments').some(isFunction);
  if (node.type !== 'ObjectExpression') return false;
  return children(node, 'properties').some(
    (property) => property.type === 'ObjectMethod' || holdsCode(child(property, 'value')),
  );
}

/** `app.use` of `app.use = function …`. */
function memberName(node: AstNode | undefined): string | undefined {
  if (node?.type !== 'MemberExpression') return keyName(node, false);
  const own = keyName(child(node, 'property'), node['computed'] === true);
  const object = memberName(child(node, 'object'));
  return object === undefined || own === undefined ? own : `${object}.${own}`;
}
