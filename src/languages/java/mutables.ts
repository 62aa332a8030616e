import type { MutableReader, Span } from '../../engine/mutation/mutable.ts';
import type { Grammars } from '../../engine/ports.ts';
import { call, collection, compound, infix, inside, prefix, stepping } from '../mutable-kinds.ts';
import {
  type Found,
  type MutableLanguage,
  openTreeMutables,
  type Place,
  type Reading,
  readingsOf,
} from '../tree-mutables.ts';
import { parts } from '../tree-nodes.ts';
import { field, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { definitionName } from './definitions.ts';
import { exchangeOf, isSkipped, roleOf, runsAtLoad } from './mutable-places.ts';
import { statementReadings } from './mutable-statements.ts';

const JAVA: MutableLanguage = {
  grammar: 'java',
  spelling: {
    language: 'java',
    true: 'true',
    false: 'false',
    null: 'null',
    not: (text) => (/^[\w.]+$/.test(text) ? `!${text}` : `!(${text})`),
    and: '&&',
    or: '||',
    nothing: '{}',
  },
  functions: new Set(['method_declaration', 'constructor_declaration', 'compact_constructor_declaration']),
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

const SIGNS = new Set(['!', '-', '+', '~']);
const NUMBERS = [
  'decimal_integer_literal',
  'hex_integer_literal',
  'octal_integer_literal',
  'binary_integer_literal',
  'decimal_floating_point_literal',
  'hex_floating_point_literal',
];

const EXPRESSIONS: readonly (readonly [string, Reading])[] = [
  ['binary_expression', ({ node }) => infix(node)],
  ['unary_expression', ({ node }) => prefix(node, SIGNS)],
  [
    'update_expression',
    ({ node, parent }) => stepping(node, !/^(expression|for)_statement$/.test(parent?.node.type ?? '')),
  ],
  ['assignment_expression', ({ node }) => compound(node)],
  ...NUMBERS.map((type): readonly [string, Reading] => [type, () => [{ kind: 'number' }]]),
  ['string_literal', string],
  ['true', () => [{ kind: 'boolean', value: true }]],
  ['false', () => [{ kind: 'boolean', value: false }]],
  ['null_literal', () => [{ kind: 'null' }]],
  ['array_initializer', ({ node }) => collection(node, 'list')],
  ['method_invocation', ({ node, text }) => invocation(node, text)],
  ['explicit_constructor_invocation', ({ node, text }) => invocation(node, text)],
  ['object_creation_expression', ({ node, text }) => creation(node, text)],
];

export function openJavaMutables(grammars: Grammars): Promise<MutableReader> {
  return openTreeMutables(grammars, JAVA);
}

/** What a text block says begins on the line after its quotes. */
function string({ node, text }: Place): readonly Found[] {
  const content = inside(node);
  const opening = /^"""[^\S\n]*\n/.exec(sourceOf(node, text))?.[0].length;
  const start = opening === undefined ? content.start : node.start + opening;
  return [{ kind: 'string', content: { start, end: content.end }, holes: false }];
}

function invocation(node: SyntaxNode, text: string): readonly Found[] {
  const [name, list] = [field(node, 'name') ?? field(node, 'constructor'), field(node, 'arguments')];
  if (name === undefined || list === undefined) return [];
  const callee = calleeOf(node, list, text);
  const found = call({ callee, name, receiver: field(node, 'object'), arguments: parts(list) });
  return [{ ...found, end: list.end }];
}

function creation(node: SyntaxNode, text: string): readonly Found[] {
  const [type, list] = [field(node, 'type'), field(node, 'arguments')];
  if (type === undefined || list === undefined) return [];
  const arguments_ = [...walk(type)].find((inside) => inside.type === 'type_arguments');
  const names = [...walk(type)].filter(({ type: kind, start }) => {
    return kind === 'type_identifier' && start < (arguments_?.start ?? type.end);
  });
  const name = names.at(-1) ?? type;
  return [call({ callee: calleeOf(node, list, text), name, arguments: parts(list), isNew: true })];
}

function calleeOf(node: SyntaxNode, list: SyntaxNode, text: string): Span {
  return { start: node.start, end: node.start + text.slice(node.start, list.start).trimEnd().length };
}
