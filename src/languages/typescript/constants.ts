import { type AstNode, boundNames, child, children, isFunction, word } from './syntax.ts';

/** Direct children, in the order of the source. */
export function childrenOf(node: AstNode): AstNode[] {
  const found: AstNode[] = [];
  for (const key in node) {
    if (key === 'loc' || key === 'errors' || key.endsWith('omments')) continue;
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isAst(item)) found.push(item);
    } else if (isAst(value)) found.push(value);
  }
  return found;
}

function isAst(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** A node and all below it, parents first; without recursion, since generated code nests deep. */
export function* nodesOf(node: AstNode): Generator<AstNode> {
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    stack.push(...childrenOf(next).reverse());
  }
}

/** Strings that names stand for: those declared with `const`, and never bound to anything else in the file. */
export function constantStrings(nodes: readonly AstNode[]): ReadonlyMap<string, string> {
  const bindings = new Map<string, number>();
  for (const name of nodes.flatMap(namesBoundBy)) bindings.set(name, (bindings.get(name) ?? 0) + 1);
  const found = new Map<string, string>();
  for (const node of nodes) {
    if (node.type !== 'VariableDeclaration' || node['kind'] !== 'const') continue;
    for (const declarator of children(node, 'declarations')) {
      const name = word(child(declarator, 'id'), 'name');
      const init = child(declarator, 'init');
      // A parameter of the same name may be another string; then none is known by it.
      const text = init === undefined || bindings.get(name) !== 1 ? undefined : stringOf(init, found);
      if (text !== undefined && !text.glob) found.set(name, text.value);
    }
  }
  return found;
}

function namesBoundBy(node: AstNode): readonly string[] {
  if (isFunction(node))
    return [node, ...children(node, 'params')].flatMap((part) => boundNames(part === node ? child(node, 'id') : part));
  switch (node.type) {
    case 'VariableDeclarator':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSImportEqualsDeclaration':
      return boundNames(child(node, 'id'));
    case 'CatchClause':
      return boundNames(child(node, 'param'));
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return boundNames(child(node, 'local'));
    default:
      return [];
  }
}

/** Without what changes nothing at run time: brackets, casts, the left of a comma. */
export function unwrap(node: AstNode | undefined): AstNode | undefined {
  let at = node;
  while (at !== undefined) {
    if (/^(TS(As|NonNull|Satisfies)Expression|TSTypeAssertion|ParenthesizedExpression)$/.test(at.type))
      at = child(at, 'expression');
    else if (at.type === 'SequenceExpression') at = children(at, 'expressions').at(-1);
    else return at;
  }
  return undefined;
}

export interface KnownString {
  readonly value: string;
  /** Whether `*` stands for parts only known at run time. */
  readonly glob: boolean;
}

/** The string that an expression gives; undefined where it may be any. */
export function stringOf(written: AstNode, constants: ReadonlyMap<string, string>): KnownString | undefined {
  const node = unwrap(written);
  switch (node?.type) {
    case 'StringLiteral':
      return { value: word(node, 'value'), glob: false };
    case 'TemplateLiteral':
      return template(node, constants);
    case 'Identifier': {
      const value = constants.get(word(node, 'name'));
      return value === undefined ? undefined : { value, glob: false };
    }
    case 'BinaryExpression':
      return node['operator'] === '+' ? joined(node, constants) : undefined;
    default:
      return undefined;
  }
}

function joined(node: AstNode, constants: ReadonlyMap<string, string>): KnownString | undefined {
  const [left, right] = ['left', 'right'].map((side) => {
    const part = child(node, side);
    return part === undefined ? undefined : stringOf(part, constants);
  });
  // Unlike a template, a sum with an unknown side may be any string at all.
  if (left === undefined || right === undefined) return undefined;
  return { value: left.value + right.value, glob: left.glob || right.glob };
}

function template(node: AstNode, constants: ReadonlyMap<string, string>): KnownString | undefined {
  const expressions = children(node, 'expressions');
  let value = '';
  let glob = false;
  children(node, 'quasis').forEach((quasi, index) => {
    value += cooked(quasi);
    const expression = expressions[index];
    if (expression === undefined) return;
    const part = stringOf(expression, constants);
    value += part?.value ?? '*';
    glob ||= part === undefined || part.glob;
  });
  return glob && value.startsWith('*') ? undefined : { value, glob };
}

function cooked(quasi: AstNode): string {
  const value: unknown = quasi['value'];
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked ?? '') : '';
}
