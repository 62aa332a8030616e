import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

export function definitionName(node: SyntaxNode, text: string): string | undefined {
  if (node.type !== 'function_definition' && node.type !== 'class_definition') return undefined;
  return sourceOf(field(node, 'name'), text);
}
