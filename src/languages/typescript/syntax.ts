/** A node of Babel's tree as data: its fields are read by name and checked where they are used. */
export interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function child(node: AstNode | undefined, field: string): AstNode | undefined {
  const value = node?.[field];
  return isNode(value) ? value : undefined;
}

export function children(node: AstNode | undefined, field: string): readonly AstNode[] {
  const value = node?.[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function word(node: AstNode | undefined, field: string): string {
  const value = node?.[field];
  return typeof value === 'string' ? value : '';
}

/** Fields that say where a node stands or how it was written, or hold types. */
const SKIPPED = new Set([
  ...['type', 'start', 'end', 'loc', 'range', 'extra', 'errors', 'comments', 'tokens', 'interpreter', 'shorthand'],
  ...['leadingComments', 'trailingComments', 'innerComments', 'trailingComma'],
  ...['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'superTypeParameters', 'implements'],
  ...['predicate', 'definite', 'declare', 'accessibility', 'readonly', 'abstract', 'override', 'variance'],
  ...['importKind', 'exportKind', 'phase', 'assertions'],
]);

/** Fields of a node that matter at run time, always in the same order. */
export function fieldsOf(node: AstNode): readonly string[] {
  return Object.keys(node)
    .filter((key) => !SKIPPED.has(key))
    .sort();
}

/** The nodes directly below. */
export function below(node: AstNode): readonly AstNode[] {
  return fieldsOf(node).flatMap((field) => {
    const value = node[field];
    if (Array.isArray(value)) return value.filter(isNode);
    return isNode(value) ? [value] : [];
  });
}

/** What a key or member is called; undefined where it is computed. */
export function keyName(key: AstNode | undefined, computed: boolean): string | undefined {
  if (key?.type === 'StringLiteral') return word(key, 'value');
  if (computed || key === undefined) return undefined;
  if (key.type === 'NumericLiteral') return String(key['value']);
  if (key.type === 'PrivateName') return `#${word(child(key, 'id'), 'name')}`;
  return key.type === 'Identifier' || key.type === 'JSXIdentifier' ? word(key, 'name') : undefined;
}

/** Names that a pattern binds. */
export function boundNames(pattern: AstNode | undefined): readonly string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [word(pattern, 'name')];
    case 'ObjectPattern':
      return children(pattern, 'properties').flatMap((property) =>
        boundNames(child(property, property.type === 'RestElement' ? 'argument' : 'value')),
      );
    case 'ArrayPattern':
      return children(pattern, 'elements').flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(child(pattern, 'left'));
    case 'RestElement':
      return boundNames(child(pattern, 'argument'));
    case 'TSParameterProperty':
      return boundNames(child(pattern, 'parameter'));
    default:
      return [];
  }
}

/** The module that a declaration names; `node:fs` is `fs`. */
export function moduleName(declaration: AstNode): string {
  return word(child(declaration, 'source'), 'value').replace(/^node:/, '');
}

export function isFunction(node: AstNode): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/.test(
    node.type,
  );
}
