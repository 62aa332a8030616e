import { field, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';

const NAMED = /^(function_item|struct_item|enum_item|union_item|trait_item|mod_item|macro_definition)$/;

export function definitionName(node: SyntaxNode, text: string): string | undefined {
  if (node.type === 'impl_item') return typeName(field(node, 'type'), text);
  return NAMED.test(node.type) ? sourceOf(field(node, 'name'), text) : undefined;
}

/** `Cart` of `impl<T> Cart<T>`. */
function typeName(type: SyntaxNode | undefined, text: string): string {
  const names = type === undefined ? [] : [...walk(type)].filter((node) => node.type === 'type_identifier');
  return sourceOf(names[0] ?? type, text);
}
