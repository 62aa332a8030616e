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
import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';
import { definitionName } from './definitions.ts';
import { macroArguments, macroName } from './macro-calls.ts';
import { exchangeOf, isSkipped, roleOf, runsAtLoad } from './mutable-places.ts';
import { statementReadings } from './mutable-statements.ts';
import { testItems } from './test-items.ts';

const RUST: MutableLanguage = {
  grammar: 'rust',
  spelling: {
    language: 'rust',
    true: 'true',
    false: 'false',
    null: 'None',
    not: (text) => (/^[\w.]+$/.test(text) ? `!${text}` : `!(${text})`),
    and: '&&',
    or: '||',
    nothing: '{}',
  },
  functions: new Set(['function_item']),
  parentheses: 'parenthesized_expression',
  nameOf: definitionName,
  rulesOf: (root, text) => {
    const tests = testItems(root, text);
    return {
      readings: readingsOf([...statementReadings(root, text), ...EXPRESSIONS]),
      isSkipped: (node, parent) => tests.has(node) || isSkipped(node, parent),
      roleOf,
      exchangeOf,
      runsAtLoad,
    };
  },
};

const SIGNS = new Set(['!', '-']);
const DOTS = new Set(['..', '..=']);

const EXPRESSIONS: readonly (readonly [string, Reading])[] = [
  ['binary_expression', ({ node }) => infix(node)],
  ['unary_expression', ({ node }) => prefix(node, SIGNS)],
  ['compound_assignment_expr', ({ node }) => compound(node)],
  ['integer_literal', () => [{ kind: 'number' }]],
  ['float_literal', () => [{ kind: 'number' }]],
  ['string_literal', ({ node }) => [{ kind: 'string', content: inside(node), holes: false }]],
  ['raw_string_literal', rawString],
  ['boolean_literal', ({ node, text }) => [{ kind: 'boolean', value: sourceOf(node, text) === 'true' }]],
  ['array_expression', array],
  ['call_expression', ({ node }) => called(node)],
  ['macro_invocation', macro],
  ['await_expression', ({ node }) => awaited(node)],
  ['range_expression', range],
];

export function openRustMutables(grammars: Grammars): Promise<MutableReader> {
  return openTreeMutables(grammars, RUST);
}

function rawString({ node, text }: Place): readonly Found[] {
  const open = /^\w*#*"/.exec(sourceOf(node, text))?.[0].length ?? 0;
  const close = /"#*$/.exec(sourceOf(node, text))?.[0].length ?? 0;
  return [{ kind: 'string', content: { start: node.start + open, end: node.end - close }, holes: false }];
}

/** The type of an array tells its length; behind `&` it is most likely wanted as a slice. */
function array({ node, parent }: Place): readonly Found[] {
  const repeated = node.children.some(({ type }) => type === ';');
  return repeated || parent?.node.type !== 'reference_expression' ? [] : collection(node, 'list');
}

function called(node: SyntaxNode): readonly Found[] {
  const [callee, list] = [field(node, 'function'), field(node, 'arguments')];
  if (callee === undefined || list === undefined) return [];
  const plain = callee.type === 'generic_function' ? (field(callee, 'function') ?? callee) : callee;
  const qualified = plain.type === 'field_expression' || plain.type === 'scoped_identifier';
  const name = field(plain, 'field') ?? field(plain, 'name') ?? plain;
  const receiver = qualified ? (field(plain, 'value') ?? field(plain, 'path')) : undefined;
  return [call({ callee, name, receiver, arguments: parts(list) })];
}

function macro({ node, text }: Place): readonly Found[] {
  const [path, tokens] = [field(node, 'macro'), node.children.find(({ type }) => type === 'token_tree')];
  const mark = node.children.find(({ type }) => type === '!');
  if (path === undefined || tokens === undefined || mark === undefined) return [];
  const given = macroArguments(tokens);
  const callee = { start: path.start, end: mark.end };
  const name = field(path, 'name') ?? path;
  const found = call({ callee, name, receiver: field(path, 'path'), arguments: given });
  if (macroName(node, text) !== 'vec' || tokens.children.some(({ type }) => type === ';')) return [found];
  return [found, { kind: 'collection', of: 'list', elements: given.map(spanOf), content: inside(tokens) }];
}

function awaited(node: SyntaxNode): readonly Found[] {
  const [operand] = parts(node);
  return operand === undefined ? [] : [{ kind: 'await', operand: spanOf(operand) }];
}

function range({ node, parent }: Place): readonly Found[] {
  const operator = node.children.find(({ type }) => DOTS.has(type));
  if (operator === undefined) return [];
  const found = bounds(node, DOTS);
  return [
    ...(parent?.node.type === 'index_expression' ? [found] : []),
    ...(found.to === undefined ? [] : [{ kind: 'range', operator: spanOf(operator) } as const]),
  ];
}
