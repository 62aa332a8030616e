import type { Exchange, Span } from '../../engine/mutation/mutable.ts';
import { type AstNode, fieldsOf, isFunction, isNode } from './syntax.ts';

/** One step of the way from the program down: a node and the field of it that leads on. */
export interface Step {
  readonly node: AstNode;
  readonly field: string;
}

/** What stands where an exchange is, with the way to it, outermost first. The span is the exchange's, parentheses included. */
export interface Site extends Span {
  readonly kind: 'expression' | 'statements' | 'block';
  /** One, but for a row of statements. */
  readonly nodes: readonly [AstNode, ...AstNode[]];
  readonly way: readonly Step[];
}

/** The body of a loop: a block, or a statement without one. */
export type LoopBody = AstNode;

export interface Survey {
  siteOf(exchange: Exchange): Site | undefined;
  readonly loops: readonly LoopBody[];
}

export function keyOf({ start, end, form }: Exchange): string {
  return `${start}-${end}-${form}`;
}

/** Finds the nodes of exchanges, and all loops. */
export function surveySites(root: AstNode, text: string, exchanges: readonly Exchange[]): Survey {
  const sites = new Map<string, Site>();
  const loops: LoopBody[] = [];
  const wanted = exchanges.map((exchange) => ({ exchange, trimmed: withoutParentheses(exchange, text) }));
  const visit = (node: AstNode, way: readonly Step[]): void => {
    const body = node['body'];
    if (isLoop(node) && isNode(body)) loops.push(body);
    for (const { exchange, trimmed } of wanted) {
      if (node.start > trimmed.start || node.end < trimmed.end) continue;
      const site = siteAt(node, exchange, trimmed, way);
      if (site !== undefined && !sites.has(keyOf(exchange))) sites.set(keyOf(exchange), site);
    }
    for (const { child, field } of stepsBelow(node)) visit(child, [...way, { node, field }]);
  };
  visit(root, []);
  return { loops, siteOf: (exchange) => sites.get(keyOf(exchange)) };
}

function siteAt(node: AstNode, exchange: Exchange, trimmed: Exchange, way: readonly Step[]): Site | undefined {
  if (exchange.form === 'statement') return statementSite(node, exchange, way);
  const isIt = (span: Exchange): boolean => node.start === span.start && node.end === span.end;
  if (!isExpression(node) || !(isIt(exchange) || isIt(trimmed))) return undefined;
  return { kind: 'expression', start: exchange.start, end: exchange.end, nodes: [node], way };
}

/** Statements of a list, the one statement of an `if` or a loop, or the block of a function. */
function statementSite(node: AstNode, exchange: Exchange, way: readonly Step[]): Site | undefined {
  for (const field of ['body', 'consequent', 'alternate', 'block', 'finalizer']) {
    const [first, ...rest] = statementsIn(node, field, exchange);
    if (first?.start !== exchange.start || (rest.at(-1) ?? first).end !== exchange.end) continue;
    const kind = first.type === 'BlockStatement' && rest.length === 0 ? 'block' : 'statements';
    const { start, end } = exchange;
    return { kind, start, end, nodes: [first, ...rest], way: [...way, { node, field }] };
  }
  return undefined;
}

function statementsIn(node: AstNode, field: string, { start, end }: Exchange): readonly AstNode[] {
  const value = node[field];
  const list = isStatementList(node, field) && Array.isArray(value) ? value : [value];
  return list.filter(isNode).filter((one) => isStatement(one) && one.start >= start && one.end <= end);
}

/** Children with the fields they are in. */
function stepsBelow(node: AstNode): readonly { readonly child: AstNode; readonly field: string }[] {
  return fieldsOf(node).flatMap((field) => {
    const value = node[field];
    if (Array.isArray(value)) return value.filter(isNode).map((child) => ({ child, field }));
    return isNode(value) ? [{ child: value, field }] : [];
  });
}

export function isStatementList(node: AstNode, field: string): boolean {
  if (field === 'consequent') return node.type === 'SwitchCase';
  return field === 'body' && /^(Program|BlockStatement|StaticBlock|TSModuleBlock)$/.test(node.type);
}

function isStatement(node: AstNode): boolean {
  return /Statement$/.test(node.type) || node.type === 'VariableDeclaration';
}

const EXPRESSION =
  /(Expression|Literal)$|^(Identifier|TemplateLiteral|JSXElement|JSXFragment|MetaProperty|BindExpression)$/;
const NO_VALUE = /^(ParenthesizedExpression|JSXEmptyExpression|DirectiveLiteral|TSExpressionWithTypeArguments)$/;

function isExpression({ type }: AstNode): boolean {
  return EXPRESSION.test(type) && !NO_VALUE.test(type);
}

function isLoop({ type }: AstNode): boolean {
  return /^(For|While|DoWhile|ForIn|ForOf)Statement$/.test(type);
}

/** Babel's nodes do not include the parentheses around them. */
function withoutParentheses(exchange: Exchange, text: string): Exchange {
  const inner = /^\(\s*([\s\S]*?)\s*\)$/.exec(text.slice(exchange.start, exchange.end))?.[1];
  if (inner === undefined) return exchange;
  const start = text.indexOf(inner, exchange.start + 1);
  return { ...exchange, start, end: start + inner.length };
}

/** Whether a piece of code has `super(…)` of the constructor it stands in. */
export function callsSuper(node: AstNode): boolean {
  const callee = node['callee'];
  if (isNode(callee) && callee.type === 'Super') return true;
  if (isFunction(node) && node.type !== 'ArrowFunctionExpression') return false;
  if (/^Class(Declaration|Expression)$/.test(node.type)) return false;
  return stepsBelow(node).some(({ child }) => callsSuper(child));
}
