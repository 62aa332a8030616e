import type { Span } from '../engine/mutation/mutable.ts';
import { type Found, spanOf } from './tree-mutables.ts';
import { isComment, parts } from './tree-nodes.ts';
import { field, type SyntaxNode } from './tree-sitter.ts';

const SHORT_CIRCUIT = new Set(['&&', '||', 'and', 'or']);

/** An operator between two operands in the fields `left`, `operator` and `right`. */
export function infix(node: SyntaxNode): readonly Found[] {
  const [left, operator, right] = [field(node, 'left'), field(node, 'operator'), field(node, 'right')];
  if (left === undefined || operator === undefined || right === undefined) return [];
  const kind = SHORT_CIRCUIT.has(operator.type) ? 'logical' : 'binary';
  return [{ kind, operator: spanOf(operator), left: spanOf(left), right: spanOf(right) }];
}

/** An operator before its operand, the first and the last child. */
export function prefix(node: SyntaxNode, operators: ReadonlySet<string>): readonly Found[] {
  const [operator, operand] = [node.children[0], node.children.at(-1)];
  if (operator === undefined || operand === undefined || operator === operand) return [];
  if (!operators.has(operator.type)) return [];
  return [{ kind: 'unary', operator: spanOf(operator), operand: spanOf(operand) }];
}

/** `i++` and, where `prefix` is possible, `--i`. */
export function stepping(node: SyntaxNode, value: boolean): readonly Found[] {
  const operator = node.children.find((child) => child.type === '++' || child.type === '--');
  const operand = node.children.find((child) => child.named);
  if (operator === undefined || operand === undefined) return [];
  return [{ kind: 'update', operator: spanOf(operator), operand: spanOf(operand), value }];
}

/** `a += b`; nothing for a plain assignment. */
export function compound(node: SyntaxNode): readonly Found[] {
  const [target, operator, value] = [field(node, 'left'), field(node, 'operator'), field(node, 'right')];
  if (target === undefined || operator === undefined || value === undefined || operator.type === '=') return [];
  return [{ kind: 'assignment', operator: spanOf(operator), target: spanOf(target), value: spanOf(value) }];
}

type CollectionOf = (Found & { kind: 'collection' })['of'];

/** What is written out between the first and the last token of a node. */
export function collection(node: SyntaxNode, of: CollectionOf): readonly Found[] {
  return [{ kind: 'collection', of, elements: parts(node).map(spanOf), content: inside(node) }];
}

export function inside(node: SyntaxNode): Span {
  const [open, close] = [node.children[0], node.children.at(-1)];
  return { start: open?.end ?? node.start, end: close?.start ?? node.end };
}

export interface Called {
  /** All before the arguments. */
  readonly callee: Span;
  readonly name: Span;
  readonly receiver?: Span | undefined;
  readonly arguments: readonly Span[];
  readonly isNew?: boolean;
}

export function call({ callee, name, receiver, arguments: given, isNew = false }: Called): Found {
  return {
    kind: 'call',
    callee: spanOf(callee),
    name: spanOf(name),
    receiver: receiver === undefined ? undefined : spanOf(receiver),
    arguments: given.map(spanOf),
    isNew,
  };
}

/** From the first of some nodes to the last; undefined where there are none. */
export function spanning(nodes: readonly Span[]): Span | undefined {
  const [first, last] = [nodes[0], nodes.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** The bounds on both sides of the first separator. */
export function bounds(node: SyntaxNode, separators: ReadonlySet<string>): Found & { kind: 'slice' } {
  const inner = node.children.filter((child) => !isComment(child));
  const first = inner.findIndex((child) => separators.has(child.type));
  const from = inner[first - 1];
  const to = inner[first + 1];
  return { kind: 'slice', from: boundOf(from), to: boundOf(to) };
}

function boundOf(node: SyntaxNode | undefined): Span | undefined {
  return node?.named === true ? spanOf(node) : undefined;
}
