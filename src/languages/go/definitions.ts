import { field, named, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';

export function definitionName(node: SyntaxNode, text: string): string | undefined {
  switch (node.type) {
    case 'function_declaration':
    case 'type_spec':
      return sourceOf(field(node, 'name'), text);
    case 'method_declaration':
      return `${receiver(node, text)}.${sourceOf(field(node, 'name'), text)}`;
    default:
      return undefined;
  }
}

/** `Cart` of `func (c *Cart[T]) Total()`. */
function receiver(method: SyntaxNode, text: string): string {
  const [declaration] = named(field(method, 'receiver') ?? method);
  const type = declaration === undefined ? undefined : field(declaration, 'type');
  const names = type === undefined ? [] : [...walk(type)].filter((node) => node.type === 'type_identifier');
  return sourceOf(names[0], text);
}
