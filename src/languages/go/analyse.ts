import type { Analyser } from '../../engine/language.ts';
import type { Grammars } from '../../engine/ports.ts';
import { openTreeAnalyser, type TreeLanguage } from '../tree-analyser.ts';
import { field, named, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { goForm } from './form.ts';
import { goScopes } from './scopes.ts';

const GO: TreeLanguage = {
  grammar: 'go',
  comments: new Set(['comment']),
  nameOf(node, text) {
    const name = sourceOf(field(node, 'name'), text);
    switch (node.type) {
      case 'function_declaration':
      case 'type_spec':
        return name;
      case 'method_declaration':
        return `${receiver(node, text)}.${name}`;
      default:
        return undefined;
    }
  },
  markersOf: () => [],
  scopes: goScopes,
  formRules: goForm,
};

export function openGoAnalyser(grammars: Grammars): Promise<Analyser> {
  return openTreeAnalyser(grammars, GO);
}

/** `Cart` of `func (c *Cart[T]) Total()`. */
function receiver(method: SyntaxNode, text: string): string {
  const [declaration] = named(field(method, 'receiver') ?? method);
  const type = declaration === undefined ? undefined : field(declaration, 'type');
  const names = type === undefined ? [] : [...walk(type)].filter((node) => node.type === 'type_identifier');
  return sourceOf(names[0], text);
}
