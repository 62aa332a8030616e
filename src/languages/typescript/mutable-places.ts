import type { Exchange, Mutable, Span } from '../../engine/mutation/mutable.ts';
import { type AstNode, child, children, isFunction } from './syntax.ts';

/** A node with the way down to it. */
export interface Place {
  readonly node: AstNode;
  readonly parent: Place | undefined;
  /** Field of the parent that it stands in. */
  readonly field: string;
  readonly symbol: string;
  readonly atLoad: boolean;
}

/** A mutable without what its place says; what is said here comes first. */
export type Found = Mutable extends infer Kind
  ? Kind extends Mutable
    ? Omit<Kind, keyof Located> & Partial<Located>
    : never
  : never;
type Located = Pick<Mutable, 'start' | 'end' | 'exchange' | 'symbol' | 'atLoad'>;

/** What a node of some type can be mutated as. */
export type Reading = (place: Place, text: string) => readonly Found[];

export function spanOf({ start, end }: Span): Span {
  return { start, end };
}

export function typeOf(place: Place | undefined): string {
  return place?.node.type ?? '';
}

const CASTS = /^TS(?:As|Satisfies|NonNull|Instantiation)Expression$|^TSTypeAssertion$/;
const CHAINED = /^Optional(?:Member|Call)Expression$/;

export function isCast(place: Place | undefined): boolean {
  return CASTS.test(typeOf(place));
}

/** The smallest piece around an expression that can be exchanged for `(a ? b : c)`, or the statement that it begins. */
export function exchangeOf(place: Place): Exchange {
  let whole = place;
  while (whole.parent !== undefined && isTied(whole)) whole = whole.parent;
  // A parenthesis at the beginning of a line would call what is above it.
  const statement = statementBegunBy(whole);
  return statement === undefined ? { ...spanOf(whole.node), form: 'expression' } : statementExchange(statement);
}

/** A labelled loop goes with its label. */
export function statementExchange(place: Place): Exchange {
  let whole = place;
  while (whole.parent !== undefined && typeOf(whole.parent) === 'LabeledStatement') whole = whole.parent;
  return { ...spanOf(whole.node), form: 'statement' };
}

/** Whether an expression means something else, or nothing, when it is taken out of its parent. */
function isTied({ node, parent, field }: Place): boolean {
  switch (typeOf(parent)) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return true;
    case 'OptionalMemberExpression':
    case 'OptionalCallExpression':
      return field === 'callee' || (field === 'object' && isChained(node));
    case 'CallExpression':
    case 'NewExpression':
      return field === 'callee';
    case 'TaggedTemplateExpression':
      return field === 'tag';
    case 'UnaryExpression':
      return /^(?:delete|typeof)$/.test(String(parent?.node['operator']));
    case 'UpdateExpression':
    case 'JSXElement':
    case 'JSXFragment':
    case 'JSXAttribute':
    case 'JSXOpeningElement':
      return true;
    case 'AssignmentExpression':
      return field === 'left';
    default:
      return false;
  }
}

/** Parentheses end an optional chain. */
function isChained(node: AstNode): boolean {
  if (isParenthesized(node)) return false;
  const inner = CASTS.test(node.type) ? child(node, 'expression') : undefined;
  return inner === undefined ? CHAINED.test(node.type) : isChained(inner);
}

export function isParenthesized(node: AstNode): boolean {
  const extra: unknown = node['extra'];
  return typeof extra === 'object' && extra !== null && 'parenthesized' in extra && extra.parenthesized === true;
}

function statementBegunBy(place: Place): Place | undefined {
  const { start } = place.node;
  let at: Place | undefined = place;
  while (at?.parent !== undefined && at.parent.node.start === start && typeOf(at) !== 'ExpressionStatement')
    at = at.parent;
  return typeOf(at) === 'ExpressionStatement' && at?.node.start === start ? at : undefined;
}

/** The function (or class member's initial value) that a place is in; undefined at the top level. */
export function functionAround(place: Place): Place | undefined {
  let at = place.parent;
  while (at !== undefined && !isFunction(at.node) && !/^Class(?:Private)?Property$|^StaticBlock$/.test(typeOf(at)))
    at = at.parent;
  return at;
}

/** Whether a statement is the last thing that its function, loop or `switch` does. */
export function isLastOf({ node, parent, field }: Place, owner: 'function' | 'loop' | 'switch'): boolean {
  switch (typeOf(parent)) {
    case 'BlockStatement':
      if (children(parent?.node, 'body').at(-1) !== node) return false;
      break;
    case 'TryStatement':
      if (field === 'finalizer') return false;
      break;
    case 'SwitchCase':
      if (children(parent?.node, 'consequent').at(-1) !== node) return false;
      break;
    case 'SwitchStatement':
      if (children(parent?.node, 'cases').at(-1) !== node) return false;
      if (owner === 'switch') return true;
      break;
    case 'IfStatement':
    case 'LabeledStatement':
    case 'CatchClause':
      break;
    default:
      return (
        parent !== undefined &&
        (owner === 'loop' ? isLoop(parent.node) : owner === 'function' && isFunction(parent.node))
      );
  }
  return parent !== undefined && isLastOf(parent, owner);
}

export function isLoop({ type }: AstNode): boolean {
  return /^(?:For(?:In|Of)?|While|DoWhile)Statement$/.test(type);
}
