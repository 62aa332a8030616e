import { type Found, type Place, type Reading, spanOf, typeOf } from './mutable-places.ts';
import { type AstNode, child, children, isFunction } from './syntax.ts';

export const LITERALS: readonly (readonly [string, Reading])[] = [
  ['NumericLiteral', () => [{ kind: 'number' }]],
  ['BigIntLiteral', () => [{ kind: 'number' }]],
  ['StringLiteral', ({ node }) => [text(node, false)]],
  ['TemplateLiteral', template],
  ['BooleanLiteral', ({ node }) => [{ kind: 'boolean', value: node['value'] === true }]],
  ['NullLiteral', () => [{ kind: 'null' }]],
  ['ArrayExpression', ({ node }) => [collection(node, 'list', 'elements')]],
  ['ObjectExpression', object],
];

function text({ start, end }: AstNode, holes: boolean): Found {
  return { kind: 'string', content: { start: start + 1, end: end - 1 }, holes };
}

/** What a tag makes of its text only the tag knows. */
function template(place: Place): readonly Found[] {
  if (typeOf(place.parent) === 'TaggedTemplateExpression') return [];
  return [text(place.node, children(place.node, 'expressions').length > 0)];
}

/** Without its functions an object only crashes. */
function object({ node }: Place): readonly Found[] {
  const acts = children(node, 'properties').some((property) => {
    const value = child(property, 'value');
    return property.type === 'ObjectMethod' || (value !== undefined && isFunction(value));
  });
  return acts ? [] : [collection(node, 'map', 'properties')];
}

function collection(node: AstNode, of: 'list' | 'map', field: string): Found {
  const content = { start: node.start + 1, end: node.end - 1 };
  return { kind: 'collection', of, elements: children(node, field).map(spanOf), content };
}
