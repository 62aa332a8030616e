import type { Marker } from '../../engine/language.ts';
import { type AstNode, child, children, isNode } from './syntax.ts';

/** `as any` and `<any>x`: a value that the type checker no longer looks at. */
export function castsToAny(program: AstNode, text: string): readonly Marker[] {
  const found: Marker[] = [];
  const stack: AstNode[] = [program];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const marker = markerOf(node, text);
    if (marker !== undefined) found.push(marker);
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) stack.push(...value.filter(isNode));
      else if (isNode(value)) stack.push(value);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function markerOf(node: AstNode, text: string): Marker | undefined {
  const type = child(node, 'typeAnnotation');
  const expression = child(node, 'expression');
  if (type === undefined || expression === undefined || !isAny(type)) return undefined;
  const marker = { tool: 'typescript', code: 'as any' };
  if (node.type === 'TSAsExpression')
    return { ...marker, start: text.lastIndexOf('as', type.start - 1), end: node.end };
  return node.type === 'TSTypeAssertion' ? { ...marker, start: node.start, end: expression.start } : undefined;
}

/** `any` and lists of it. */
function isAny(type: AstNode): boolean {
  if (type.type === 'TSAnyKeyword') return true;
  const element = child(type, 'elementType');
  return element !== undefined && children(type, 'types').length === 0 && isAny(element);
}
