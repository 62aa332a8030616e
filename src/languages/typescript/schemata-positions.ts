import { isStatementList, type Site, type Step } from './schemata-sites.ts';
import { type AstNode, child, children, isNode, keyName, word } from './syntax.ts';

/** How an expression is put where it stands when it becomes a switch. */
export interface Position {
  readonly open: string;
  readonly close: string;
  /** It begins a statement while the line before it has no semicolon. */
  readonly leads: boolean;
  /** It ends a statement that has no semicolon. */
  readonly trails: boolean;
  /** The name that an anonymous function or class gets from where it stands. */
  readonly name: string | undefined;
  /** The value of a JSX attribute is no JavaScript string. */
  readonly attribute: boolean;
}

/** Fields that hold an expression as a value, by the type of their node. */
const VALUES = new Set(
  [
    'VariableDeclarator.init AssignmentExpression.right AssignmentPattern.right BinaryExpression.left BinaryExpression.right',
    'LogicalExpression.left LogicalExpression.right UnaryExpression.argument ConditionalExpression.test',
    'ConditionalExpression.consequent ConditionalExpression.alternate CallExpression.arguments OptionalCallExpression.arguments',
    'NewExpression.arguments CallExpression.callee OptionalCallExpression.callee NewExpression.callee',
    'MemberExpression.object MemberExpression.property OptionalMemberExpression.object OptionalMemberExpression.property',
    'ArrayExpression.elements ObjectProperty.value ObjectProperty.key ObjectMethod.key ClassProperty.key ClassMethod.key',
    'ClassProperty.value ClassPrivateProperty.value ClassAccessorProperty.value SpreadElement.argument',
    'AwaitExpression.argument YieldExpression.argument ReturnStatement.argument ThrowStatement.argument IfStatement.test',
    'WhileStatement.test DoWhileStatement.test ForStatement.init ForStatement.test ForStatement.update ForInStatement.right',
    'ForOfStatement.right SwitchStatement.discriminant SwitchCase.test ExpressionStatement.expression',
    'SequenceExpression.expressions TemplateLiteral.expressions ArrowFunctionExpression.body ClassDeclaration.superClass',
    'ClassExpression.superClass ExportDefaultDeclaration.declaration JSXExpressionContainer.expression',
    'JSXSpreadAttribute.argument JSXSpreadChild.expression JSXElement.children JSXFragment.children JSXAttribute.value',
  ].flatMap((row) => row.split(' ')),
);
/** Wrappers that are gone when the program runs. */
const TRANSPARENT = /^(TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|TSTypeAssertion|TypeCastExpression)$/;
const KEYED = /^(ObjectMethod|ClassMethod|ClassProperty)\.key$|^(Optional)?MemberExpression\.property$/;
const CHAINED = /^Optional(Member|Call)Expression$/;
const ANONYMOUS = /^(ArrowFunctionExpression|FunctionExpression|ClassExpression)$/;

/** Undefined where a switch would mean something else than what stands there. */
export function positionOf(site: Site, text: string): Position | undefined {
  const [node] = site.nodes;
  const parent = site.way.at(-1);
  const holder = site.way.findLast((step) => !TRANSPARENT.test(step.node.type));
  if (parent === undefined || holder === undefined || !isValue(holder, node, site)) return undefined;
  if (isRead(site.way)) return undefined;
  const name = isAnonymous(node) ? nameAt(holder) : '';
  if (name === undefined) return undefined;
  return {
    ...brackets(site, parent, text),
    leads: continuesLine(site, text),
    trails: endsUnmarked(site),
    name: name === '' ? undefined : name,
    attribute: isAttribute(parent, node),
  };
}

export function isAnonymous(node: AstNode): boolean {
  return ANONYMOUS.test(node.type) && !isNode(node['id']);
}

function isValue(holder: Step, node: AstNode, site: Site): boolean {
  const place = `${holder.node.type}.${holder.field}`;
  if (!VALUES.has(place)) return false;
  if (KEYED.test(place) || place === 'ObjectProperty.key') return holder.node['computed'] === true;
  if (place === 'ObjectProperty.value') return isPropertyValue(site, holder);
  // `this` of a call comes from the member written there; a direct `eval` is only one by that name.
  if (holder.field === 'callee' && holder.node.type !== 'NewExpression') return !isReference(bare(node));
  // What follows in an optional chain is skipped along with its head.
  if (holder.field === 'object' && CHAINED.test(holder.node.type)) return !CHAINED.test(bare(node).type);
  if (place === 'UnaryExpression.argument') return mayBeOperand(word(holder.node, 'operator'), bare(node));
  if (/\.children$/.test(place)) return /^JSX(Element|Fragment)$/.test(node.type);
  return true;
}

function isReference(node: AstNode): boolean {
  return /MemberExpression$/.test(node.type) || CHAINED.test(node.type) || /^(eval|require)$/.test(word(node, 'name'));
}

/** An undeclared name may be asked for its type; only a place can be deleted. */
function mayBeOperand(operator: string, node: AstNode): boolean {
  return operator !== 'delete' && !(operator === 'typeof' && node.type === 'Identifier');
}

function isPropertyValue(site: Site, holder: Step): boolean {
  const owner = site.way[site.way.indexOf(holder) - 1]?.node;
  return owner?.type === 'ObjectExpression' && holder.node['shorthand'] !== true;
}

function bare(node: AstNode): AstNode {
  const inner = child(node, 'expression');
  return TRANSPARENT.test(node.type) && inner !== undefined ? bare(inner) : node;
}

/** Arguments that a bundler or a loader reads without running them: `import('./x')`, `new URL('./x', import.meta.url)`. */
function isRead(way: readonly Step[]): boolean {
  return way.some(({ node, field }) => field === 'arguments' && isLoader(node));
}

function isLoader(call: AstNode): boolean {
  const callee = child(call, 'callee');
  if (callee?.type === 'Import') return true;
  const root = rootOf(callee);
  if (root?.type === 'MetaProperty') return true;
  const name = word(root, 'name');
  if (call.type === 'NewExpression')
    return name === 'URL' && children(call, 'arguments').some((argument) => rootOf(argument)?.type === 'MetaProperty');
  return /^(require|vi|jest)$/.test(name);
}

function rootOf(node: AstNode | undefined): AstNode | undefined {
  const object = child(node, 'object');
  return object === undefined ? node : rootOf(object);
}

/** Undefined where it gets a name that cannot be written down. */
function nameAt({ node, field }: Step): string | undefined {
  switch (`${node.type}.${field}`) {
    case 'VariableDeclarator.init':
      return word(child(node, 'id'), 'name');
    case 'AssignmentPattern.right':
    case 'AssignmentExpression.right': {
      const target = child(node, 'left');
      return target?.type === 'Identifier' && /^(\|\||&&|\?\?)?=$/.test(word(node, 'operator') || '=')
        ? word(target, 'name')
        : '';
    }
    case 'ExportDefaultDeclaration.declaration':
      return 'default';
    case 'ObjectProperty.value':
    case 'ClassProperty.value':
    case 'ClassAccessorProperty.value':
    case 'ClassPrivateProperty.value': {
      const name = keyName(child(node, 'key'), node['computed'] === true);
      return name === undefined || !/^[\w$]+$/.test(name) || name === '__proto__' ? undefined : name;
    }
    default:
      return '';
  }
}

function isAttribute(parent: Step, node: AstNode): boolean {
  return parent.node.type === 'JSXAttribute' && node.type === 'StringLiteral';
}

function brackets(site: Site, { node }: Step, text: string): Pick<Position, 'open' | 'close'> {
  if (/^JSX(Attribute|Element|Fragment)$/.test(node.type)) return { open: '{(', close: ')}' };
  // A whole statement begins with a name: a parenthesis would continue a line before it that has no semicolon.
  if (node.type === 'ExpressionStatement' && site.start === node.start)
    return { open: spaceAfterWord(site, text), close: '' };
  return { open: '(', close: ')' };
}

/** For what begins with a word: `else!done()` has none of its own. */
export function spaceAfterWord({ start }: Site, text: string): string {
  return /[\w$]/.test(text[start - 1] ?? '') ? ' ' : '';
}

function continuesLine({ start, way }: Site, text: string): boolean {
  const index = way.findLastIndex((step) => step.node.type === 'ExpressionStatement');
  const statement = way[index]?.node;
  const owner = way[index - 1];
  if (statement === undefined || owner === undefined || start !== statement.start) return false;
  if (index === way.length - 1 || !isStatementList(owner.node, owner.field)) return false;
  const list = children(owner.node, owner.field);
  const before = list[list.indexOf(statement) - 1] ?? children(owner.node, 'directives').at(-1);
  return before !== undefined && text[before.end - 1] !== ';';
}

const ENDED =
  /^(ExpressionStatement|VariableDeclaration|ReturnStatement|ThrowStatement|ExportDefaultDeclaration|ClassProperty|ClassPrivateProperty|ClassAccessorProperty)$/;

/** `i++` at the end of a line cannot be called by the line below, a switch in parentheses can. */
function endsUnmarked({ end, way }: Site): boolean {
  return way.some(
    ({ node }, index) => ENDED.test(node.type) && node.end === end && !/^For/.test(way[index - 1]?.node.type ?? ''),
  );
}
