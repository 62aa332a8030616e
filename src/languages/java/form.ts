import type { FormRules, Import } from '../tree-form.ts';
import { field, named, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

/** Annotations for the compiler and the reader, none of which is there at run time to be asked for. */
const SILENT = /^@\s*(java\.lang\.)?(Override|SuppressWarnings|SafeVarargs|Nullable|NonNull|Nonnull|NotNull)\b/;
const IDLE = /@\s*[\w.]*\b(Disabled|Ignore)\b/;
const TEST = /@\s*[\w.]*\b(Test|ParameterizedTest|RepeatedTest|TestFactory)\b/;
const BLOCKS = [
  'program',
  'class_body',
  'interface_body',
  'enum_body',
  'enum_body_declarations',
  'annotation_type_body',
  'block',
  'constructor_body',
  'switch_block',
];

export function javaForm(_path: string, _root: SyntaxNode, _text: string): FormRules {
  return {
    blocks: new Set(BLOCKS),
    transparent: new Set(['parenthesized_expression']),
    atoms: new Set(['string_literal', 'character_literal']),
    isDropped: (node, _parent, text) =>
      node.type === 'line_comment' ||
      node.type === 'block_comment' ||
      (/annotation$/.test(node.type) && SILENT.test(sourceOf(node, text))) ||
      (node.type === 'modifiers' && isBare(node, text)),
    select: (statements, _block, text, part) =>
      part === 'test' ? statements.filter((statement) => !isIdleTest(statement, text)) : statements,
    imports: importsOf,
    keepsImport: ({ local }, names) => local === undefined || names.has(local),
    isVariable,
  };
}

/** Nothing but dropped annotations: a method looks the same with and without them. */
function isBare(modifiers: SyntaxNode, text: string): boolean {
  return modifiers.children.every((child) => /annotation$/.test(child.type) && SILENT.test(sourceOf(child, text)));
}

function importsOf(statement: SyntaxNode, text: string): readonly Import[] | undefined {
  if (statement.type !== 'import_declaration') return undefined;
  const form = sourceOf(statement, text).replace(/;\s*$/, '').replace(/\s+/g, ' ').trim();
  const local = /\.(\w+)$/.exec(form)?.[1];
  return [local === undefined ? { form } : { form, local }];
}

function isVariable(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (node.type !== 'identifier') return false;
  switch (parent.type) {
    case 'method_invocation':
      return node.field !== 'name';
    case 'field_access':
      return node.field !== 'field';
    case 'scoped_identifier':
    case 'annotation':
    case 'marker_annotation':
    case 'labeled_statement':
    case 'break_statement':
    case 'continue_statement':
    case 'method_declaration':
    case 'class_declaration':
      return false;
    case 'element_value_pair':
      return node.field !== 'key';
    case 'method_reference':
      return parent.children[0] === node;
    default:
      return true;
  }
}

function isIdleTest(statement: SyntaxNode, text: string): boolean {
  const modifiers = statement.children.find((child) => child.type === 'modifiers');
  const annotations = modifiers?.children.map((child) => sourceOf(child, text)) ?? [];
  if (annotations.some((annotation) => IDLE.test(annotation))) return true;
  if (!annotations.some((annotation) => TEST.test(annotation))) return false;
  return named(field(statement, 'body') ?? statement).every((child) => /comment$/.test(child.type));
}
