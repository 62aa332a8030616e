import type { MutableReader } from '../../engine/mutation/mutable.ts';
import type { Grammars } from '../../engine/ports.ts';
import { bounds, call, collection, compound, infix, inside, prefix, stepping } from '../mutable-kinds.ts';
import {
  type Found,
  type MutableLanguage,
  openTreeMutables,
  type Reading,
  readingsOf,
  spanOf,
} from '../tree-mutables.ts';
import { parts } from '../tree-nodes.ts';
import { field, type SyntaxNode } from '../tree-sitter.ts';
import { definitionName } from './definitions.ts';
import { exchangeOf, isSkipped, roleOf, runsAtLoad } from './mutable-places.ts';
import { statementReadings } from './mutable-statements.ts';

const GO: MutableLanguage = {
  grammar: 'go',
  spelling: {
    language: 'go',
    true: 'true',
    false: 'false',
    null: 'nil',
    not: (text) => (/^[\w.]+$/.test(text) ? `!${text}` : `!(${text})`),
    and: '&&',
    or: '||',
    nothing: '{}',
  },
  functions: new Set(['function_declaration', 'method_declaration']),
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

const SIGNS = new Set(['!', '-', '+', '^']);
const COLON = new Set([':']);

const EXPRESSIONS: readonly (readonly [string, Reading])[] = [
  ['binary_expression', ({ node }) => infix(node)],
  ['unary_expression', ({ node }) => prefix(node, SIGNS)],
  ['int_literal', () => [{ kind: 'number' }]],
  ['float_literal', () => [{ kind: 'number' }]],
  ['imaginary_literal', () => [{ kind: 'number' }]],
  ['interpreted_string_literal', ({ node }) => string(node)],
  ['raw_string_literal', ({ node }) => string(node)],
  ['true', () => [{ kind: 'boolean', value: true }]],
  ['false', () => [{ kind: 'boolean', value: false }]],
  ['nil', () => [{ kind: 'null' }]],
  ['composite_literal', ({ node }) => composite(node)],
  ['call_expression', ({ node }) => called(node)],
  ['type_conversion_expression', ({ node }) => converted(node)],
  ['slice_expression', ({ node }) => [bounds(node, COLON)]],
  ['inc_statement', ({ node }) => stepping(node, false)],
  ['dec_statement', ({ node }) => stepping(node, false)],
  ['assignment_statement', ({ node }) => compound(node)],
];

export function openGoMutables(grammars: Grammars): Promise<MutableReader> {
  return openTreeMutables(grammars, GO);
}

function string(node: SyntaxNode): readonly Found[] {
  return [{ kind: 'string', content: inside(node), holes: false }];
}

/** Of a named type nothing says whether it is a list, a map or a struct. */
function composite(node: SyntaxNode): readonly Found[] {
  const [type, body] = [field(node, 'type'), field(node, 'body')];
  if (body === undefined) return [];
  if (type?.type === 'map_type') return collection(body, 'map').map((found) => ({ ...found, ...spanOf(node) }));
  if (type?.type !== 'slice_type' && type?.type !== 'array_type') return [];
  return collection(body, 'list').map((found) => ({ ...found, ...spanOf(node) }));
}

function called(node: SyntaxNode): readonly Found[] {
  const [callee, list] = [field(node, 'function'), field(node, 'arguments')];
  if (callee === undefined || list === undefined) return [];
  const selects = callee.type === 'selector_expression';
  const end = (field(node, 'type_arguments') ?? callee).end;
  const name = (selects ? field(callee, 'field') : undefined) ?? callee;
  const receiver = selects ? field(callee, 'operand') : undefined;
  return [call({ callee: { start: callee.start, end }, name, receiver, arguments: parts(list) })];
}

/** To the grammar `f[T](x)` converts x. */
function converted(node: SyntaxNode): readonly Found[] {
  const [type, operand] = [field(node, 'type'), field(node, 'operand')];
  const name = type?.type === 'generic_type' ? field(type, 'type') : undefined;
  if (type === undefined || operand === undefined || name === undefined) return [];
  return [call({ callee: type, name, arguments: [operand] })];
}
