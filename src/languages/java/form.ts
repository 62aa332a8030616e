import type { FormRules, Import } from '../tree-form.ts';
import { field, named, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';

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

/** Members of an interface are public, its methods abstract, whether or not they say so. */
const IMPLIED = new Set(['public', 'abstract', 'static', 'final']);
const LOCAL =
  /^(formal_parameter|spread_parameter|local_variable_declaration|catch_formal_parameter|resource|enhanced_for_statement)$/;

export function javaForm(_path: string, root: SyntaxNode, _text: string): FormRules {
  const ofInterfaces = interfaceMembers(root);
  return {
    blocks: new Set(BLOCKS),
    transparent: new Set(['parenthesized_expression']),
    atoms: new Set(['string_literal', 'character_literal']),
    isDropped: (node, parent, text) =>
      node.type === 'line_comment' ||
      node.type === 'block_comment' ||
      (/annotation$/.test(node.type) && SILENT.test(sourceOf(node, text))) ||
      (node.type === 'modifiers' && saysNothing(node, parent, ofInterfaces, text)),
    select: (statements, _block, text, part) =>
      part === 'test' ? statements.filter((statement) => !isIdleTest(statement, text)) : statements,
    imports: importsOf,
    keepsImport: ({ local }, names) => local === undefined || names.has(local),
    isVariable,
  };
}

function interfaceMembers(root: SyntaxNode): ReadonlySet<SyntaxNode> {
  const bodies = [...walk(root)].filter((node) => /^(interface|annotation_type)_body$/.test(node.type));
  return new Set(bodies.flatMap((body) => named(body)));
}

/** Nothing but dropped annotations and words without effect there: `final` matters to the compiler alone for a local. */
function saysNothing(
  modifiers: SyntaxNode,
  parent: SyntaxNode,
  ofInterfaces: ReadonlySet<SyntaxNode>,
  text: string,
): boolean {
  return modifiers.children.every(({ type, named: isNamed, start, end }) => {
    if (isNamed) return /annotation$|comment$/.test(type) && SILENT.test(text.slice(start, end));
    if (LOCAL.test(parent.type)) return type === 'final';
    if (!ofInterfaces.has(parent)) return false;
    return parent.type === 'constant_declaration' ? IMPLIED.has(type) : type === 'public' || type === 'abstract';
  });
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
