import { field, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

const NAMED = /^(class|interface|enum|record|annotation_type|method|constructor|compact_constructor)_declaration$/;

export function definitionName(node: SyntaxNode, text: string): string | undefined {
  return NAMED.test(node.type) ? sourceOf(field(node, 'name'), text) : undefined;
}
