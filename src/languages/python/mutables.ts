import type { MutableReader } from '../../engine/mutation/mutable.ts';
import type { Grammars } from '../../engine/ports.ts';
import { bounds, call, collection, compound, infix, inside, prefix } from '../mutable-kinds.ts';
import {
  type Found,
  type MutableLanguage,
  openTreeMutables,
  type Place,
  type Reading,
  readingsOf,
  spanOf,
} from '../tree-mutables.ts';
import { parts } from '../tree-nodes.ts';
import { field, type SyntaxNode } from '../tree-sitter.ts';
import { definitionName } from './definitions.ts';
import { exchangeOf, isSkipped, roleOf, runsAtLoad } from './mutable-places.ts';
import { statementReadings } from './mutable-statements.ts';

const PYTHON: MutableLanguage = {
  grammar: 'python',
  spelling: {
    language: 'python',
    true: 'True',
    false: 'False',
    null: 'None',
    not: (text) => (/^[\w.]+$/.test(text) ? `not ${text}` : `not (${text})`),
    and: 'and',
    or: 'or',
    nothing: 'pass',
  },
  functions: new Set(['function_definition']),
  parentheses: 'parenthesized_expression',
  nameOf: definitionName,
  rulesOf: (root, text) => ({
    readings: readingsOf([...statementReadings(root, text), ...EXPRESSIONS]),
    isSkipped,
    roleOf,
    exchangeOf,
    runsAtLoad,
  }),
};

const SIGNS = new Set(['not', '-', '+', '~']);
const COLON = new Set([':']);

const EXPRESSIONS: readonly (readonly [string, Reading])[] = [
  ['binary_operator', ({ node }) => infix(node)],
  ['boolean_operator', ({ node }) => infix(node)],
  ['comparison_operator', ({ node }) => comparisons(node)],
  ['not_operator', ({ node }) => prefix(node, SIGNS)],
  ['unary_operator', ({ node }) => prefix(node, SIGNS)],
  ['augmented_assignment', ({ node }) => compound(node)],
  ['integer', () => [{ kind: 'number' }]],
  ['float', () => [{ kind: 'number' }]],
  ['true', () => [{ kind: 'boolean', value: true }]],
  ['false', () => [{ kind: 'boolean', value: false }]],
  ['none', () => [{ kind: 'null' }]],
  ['string', string],
  ['list', ({ node }) => collection(node, 'list')],
  ['set', ({ node }) => collection(node, 'set')],
  ['tuple', ({ node }) => collection(node, 'tuple')],
  ['dictionary', ({ node }) => collection(node, 'map')],
  ['call', ({ node }) => called(node)],
  ['await', ({ node }) => awaited(node)],
  ['slice', ({ node }) => [bounds(node, COLON)]],
];

export function openPythonMutables(grammars: Grammars): Promise<MutableReader> {
  return openTreeMutables(grammars, PYTHON);
}

/** `a < b < c` is two comparisons. */
function comparisons(node: SyntaxNode): readonly Found[] {
  const found: Found[] = [];
  const [first, ...rest] = node.children.filter((child) => child.named || child.field === 'operators');
  let left = first;
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [operator, right] = [rest[at], rest[at + 1]];
    if (left === undefined || operator === undefined || right === undefined) break;
    const sides = { left: spanOf(left), operator: spanOf(operator), right: spanOf(right) };
    found.push({ kind: 'binary', start: left.start, end: right.end, ...sides });
    left = right;
  }
  return found;
}

function string({ node }: Place): readonly Found[] {
  const holes = node.children.some((child) => child.type === 'interpolation');
  return [{ kind: 'string', content: inside(node), holes }];
}

function called(node: SyntaxNode): readonly Found[] {
  const [callee, list] = [field(node, 'function'), field(node, 'arguments')];
  if (callee === undefined || list === undefined) return [];
  const name = field(callee, 'attribute') ?? callee;
  // A generator alone needs no parentheses of its own.
  const given = list.type === 'argument_list' ? parts(list) : [list];
  return [call({ callee, name, receiver: field(callee, 'object'), arguments: given })];
}

function awaited(node: SyntaxNode): readonly Found[] {
  const [operand] = parts(node);
  return operand === undefined ? [] : [{ kind: 'await', operand: spanOf(operand) }];
}
