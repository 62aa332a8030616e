import type { Import } from '../tree-form.ts';
import { field, named, type SyntaxNode, sourceOf } from '../tree-sitter.ts';

/** One entry a name, however `use` declarations group them. */
export function rustImports(statement: SyntaxNode, text: string): readonly Import[] | undefined {
  if (statement.type !== 'use_declaration') return undefined;
  const visibility = statement.children.find((child) => child.type === 'visibility_modifier');
  const argument = field(statement, 'argument');
  const paths = argument === undefined ? [] : flatten(argument, text);
  return paths.map((path) => ({ form: `use ${sourceOf(visibility, text)} ${path}` }));
}

function flatten(node: SyntaxNode, text: string): readonly string[] {
  const prefix = sourceOf(field(node, 'path'), text).replace(/\s+/g, '');
  switch (node.type) {
    case 'use_list':
      return named(node).flatMap((child) => flatten(child, text));
    case 'scoped_use_list': {
      const list = field(node, 'list');
      const inside = list === undefined ? [] : flatten(list, text);
      return inside.map((path) => `${prefix}::${path}`);
    }
    case 'line_comment':
    case 'block_comment':
      return [];
    default:
      return [
        sourceOf(node, text)
          .replace(/\s+as\s+/, '=')
          .replace(/\s+/g, ''),
      ];
  }
}
