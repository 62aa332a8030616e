/** A Babel node, read loosely: every field is looked at before it is used. */
export interface Node {
  readonly type: string;
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Direct children, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key in node) {
    if (key === 'loc' || key.endsWith('omments')) continue;
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

/** A node and all below it, parents first; without recursion, since generated code nests deep. */
export function* nodesOf(node: Node): Generator<Node> {
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    const children = childrenOf(next);
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** Names declared once with `const` as a string that is written out. */
export function constantStrings(program: Node): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  for (const node of nodesOf(program)) {
    if (node.type !== 'VariableDeclaration' || node['kind'] !== 'const' || !Array.isArray(node['declarations']))
      continue;
    for (const declarator of node['declarations']) {
      if (!isNode(declarator) || !isNode(declarator['id']) || !isNode(declarator['init'])) continue;
      const name = String(declarator['id']['name'] ?? '');
      const text = stringOf(declarator['init'], found);
      // The same name in two functions may be two strings; then it is none that can be known.
      if (seen.has(name)) found.delete(name);
      else if (text !== undefined && !text.glob) found.set(name, text.value);
      seen.add(name);
    }
  }
  return found;
}

/** The string that an expression gives, `*` standing for parts only known at run time; undefined where all of it is. */
export function stringOf(
  node: Node,
  constants: ReadonlyMap<string, string>,
): { readonly value: string; readonly glob: boolean } | undefined {
  switch (node.type) {
    case 'StringLiteral':
      return { value: String(node['value']), glob: false };
    case 'TemplateLiteral':
      return template(node, constants);
    case 'Identifier': {
      const value = constants.get(String(node['name']));
      return value === undefined ? undefined : { value, glob: false };
    }
    case 'BinaryExpression':
      return node['operator'] === '+' ? joined(node, constants) : undefined;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return isNode(node['expression']) ? stringOf(node['expression'], constants) : undefined;
    default:
      return undefined;
  }
}

function joined(node: Node, constants: ReadonlyMap<string, string>): { value: string; glob: boolean } | undefined {
  const parts = [node['left'], node['right']].map((side) => (isNode(side) ? stringOf(side, constants) : undefined));
  const [left, right] = parts;
  // Unlike a template, a sum with an unknown side may be any string at all.
  if (left === undefined || right === undefined) return undefined;
  return { value: left.value + right.value, glob: left.glob || right.glob };
}

function template(node: Node, constants: ReadonlyMap<string, string>): { value: string; glob: boolean } | undefined {
  const quasis = Array.isArray(node['quasis']) ? node['quasis'] : [];
  const expressions = Array.isArray(node['expressions']) ? node['expressions'] : [];
  let value = '';
  let glob = false;
  quasis.forEach((quasi: unknown, index) => {
    const text =
      isNode(quasi) && typeof quasi['value'] === 'object' && quasi['value'] !== null
        ? (quasi['value'] as { cooked?: string }).cooked
        : '';
    value += text ?? '';
    const expression: unknown = expressions[index];
    if (!isNode(expression)) return;
    const part = stringOf(expression, constants);
    value += part?.value ?? '*';
    glob ||= part === undefined || part.glob;
  });
  return value.startsWith('*') ? undefined : { value, glob };
}
