import type { BlockOf, Span } from '../../engine/mutation/mutable.ts';
import { spanning } from '../mutable-kinds.ts';
import { endOf, type Found, type Place, type Reading, spanOf } from '../tree-mutables.ts';
import { holds, isLastOf, parts } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { throws } from './macro-calls.ts';
import { diverges, isArmNeeded, isBlockNeeded, isNeeded, isUnit, lastOf } from './values.ts';

type StatementOf = (Found & { kind: 'statement' })['of'];

const COMPOUND = /^((if|match|while|for|loop)_expression|(unsafe_|async_)?block)$/;
const BARE = [
  'call_expression',
  'macro_invocation',
  'await_expression',
  'try_expression',
  'assignment_expression',
  'compound_assignment_expr',
  'return_expression',
  'break_expression',
  'continue_expression',
];
const DECLARATIONS = ['const_item', 'static_item'];

export function statementReadings(root: SyntaxNode, text: string): readonly (readonly [string, Reading])[] {
  const open = new OpenNames(root, text);
  return [
    ['expression_statement', (place) => statement(place, parts(place.node)[0], open)],
    ['let_declaration', declaration],
    ...DECLARATIONS.map((type): readonly [string, Reading] => [
      type,
      () => [{ kind: 'statement', of: 'declaration', removable: false }],
    ]),
    ['block', (place) => block(place, open)],
    ...BARE.map((type): readonly [string, Reading] => [type, (place) => bare(place, open)]),
  ];
}

function returned(node: SyntaxNode): Found {
  const [value] = parts(node);
  return { kind: 'return', value: value === undefined ? undefined : spanOf(value), implied: false };
}

function statement(place: Place, inner: SyntaxNode | undefined, open: OpenNames): readonly Found[] {
  if (inner === undefined) return [];
  const of = kindOf(inner, place.text);
  return [{ kind: 'statement', of, removable: canGo(place, inner, of, open) }];
}

/** A statement without `;`: the last of a block that has no value, or the arm of a `match` that has none. */
function bare(place: Place, open: OpenNames): readonly Found[] {
  const { node, parent } = place;
  const explicit = node.type === 'return_expression' ? [returned(node)] : [];
  const last = parent?.node.type === 'block' && isLastOf(node, parent.node) && !isNeeded(place);
  const arm = parent?.node.type === 'match_arm' && node.field === 'value' && !isArmNeeded(parent);
  return last || arm ? [...statement(place, node, open), ...explicit] : explicit;
}

/** `let _ = f();` is a call. */
function declaration({ node, text }: Place): readonly Found[] {
  const unnamed = sourceOf(field(node, 'pattern'), text) === '_';
  const acts = unnamed && holds(node, ({ type }) => type === 'call_expression' || type === 'macro_invocation');
  return [{ kind: 'statement', of: acts ? 'call' : 'declaration', removable: acts }];
}

function kindOf(node: SyntaxNode, text: string): StatementOf {
  switch (node.type) {
    case 'call_expression':
      return 'call';
    case 'macro_invocation':
      return throws(node, text) ? 'throw' : 'call';
    case 'try_expression':
    case 'await_expression': {
      const [inner] = parts(node);
      return inner === undefined ? 'other' : kindOf(inner, text);
    }
    case 'assignment_expression':
    case 'compound_assignment_expr':
      return 'assignment';
    case 'return_expression':
      return 'return';
    case 'break_expression':
    case 'continue_expression':
      return 'jump';
    default:
      return COMPOUND.test(node.type) ? 'compound' : 'other';
  }
}

function canGo(place: Place, inner: SyntaxNode, of: StatementOf, open: OpenNames): boolean {
  const { parent, node, text } = place;
  if (of === 'compound' || open.setIn(node)) return false;
  if (of === 'other' && !holds(inner, ({ type }) => type === 'call_expression' || type === 'macro_invocation'))
    return false;
  const owner = endOf(place, falls).parent?.node.type ?? '';
  if (inner.type === 'continue_expression' && parts(inner).length === 0 && /^(for|while|loop)_/.test(owner))
    return false;
  if (inner.type === 'return_expression' && parts(inner).length === 0 && owner === 'function_item') return false;
  if (parent?.node.type !== 'block' || lastOf(parent.node) !== node) return true;
  return !diverges(inner, text) || !isBlockNeeded(parent);
}

/** Whether what is around ends where this ends. */
function falls({ node }: Place, { node: parent }: Place): boolean {
  if (parent.type === 'block') return lastOf(parent) === node;
  return /^(expression_statement|if_expression|else_clause|match_arm|match_block|match_expression|unsafe_block)$/.test(
    parent.type,
  );
}

const OWNERS = new Map<string, BlockOf>([
  ['function_item', 'function'],
  ['closure_expression', 'function'],
  ['if_expression', 'if'],
  ['else_clause', 'else'],
  ['loop_expression', 'loop'],
  ['while_expression', 'loop'],
  ['for_expression', 'loop'],
  ['match_arm', 'case'],
]);

function block(place: Place, open: OpenNames): readonly Found[] {
  const { node, parent, text } = place;
  const statements = parts(node).filter(({ type }) => type !== 'label');
  const span = spanning(statements) ?? { start: node.end - 1, end: node.end - 1 };
  const diverting = parent?.node.type === 'let_declaration';
  const unneeded = !diverting && (isUnit(node, text) || !isBlockNeeded(place));
  const emptiable = statements.length > 0 && unneeded && !isEndless(parent?.node, text) && !open.setIn(span);
  return [
    {
      kind: 'block',
      of: OWNERS.get(parent?.node.type ?? '') ?? 'other',
      statements: statements.length,
      emptiable,
      ...span,
    },
  ];
}

/** Loops that only what is in them can end. */
function isEndless(loop: SyntaxNode | undefined, text: string): boolean {
  if (loop?.type === 'while_expression') return sourceOf(field(loop, 'condition'), text) === 'true';
  return loop?.type === 'loop_expression';
}

/** Variables declared without a value, which must get one before they are used. */
class OpenNames {
  readonly #assigned: readonly SyntaxNode[];

  constructor(root: SyntaxNode, text: string) {
    const names = new Set<string>();
    const assigned: SyntaxNode[] = [];
    for (const node of walk(root)) {
      if (node.type === 'let_declaration' && field(node, 'value') === undefined)
        names.add(sourceOf(field(node, 'pattern'), text).replace(/^mut\s+/, ''));
      else if (node.type === 'assignment_expression') assigned.push(node);
    }
    this.#assigned = assigned.filter((node) => names.has(sourceOf(field(node, 'left'), text)));
  }

  setIn({ start, end }: Span): boolean {
    return this.#assigned.some((node) => start <= node.start && node.end <= end);
  }
}
