import type { Analyser } from '../../engine/language.ts';
import type { Grammars } from '../../engine/ports.ts';
import { openTreeAnalyser, type TreeLanguage } from '../tree-analyser.ts';
import { field, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { allowances } from './allowances.ts';
import { rustForm } from './form.ts';
import { rustScopes } from './scopes.ts';

const NAMED = /^(function_item|struct_item|enum_item|union_item|trait_item|mod_item|macro_definition)$/;

const RUST: TreeLanguage = {
  grammar: 'rust',
  comments: new Set(['line_comment', 'block_comment']),
  nameOf(node, text) {
    if (node.type === 'impl_item') return typeName(field(node, 'type'), text);
    return NAMED.test(node.type) ? sourceOf(field(node, 'name'), text) : undefined;
  },
  markersOf: allowances,
  scopes: rustScopes,
  formRules: rustForm,
};

export function openRustAnalyser(grammars: Grammars): Promise<Analyser> {
  return openTreeAnalyser(grammars, RUST);
}

/** `Cart` of `impl<T> Cart<T>`. */
function typeName(type: SyntaxNode | undefined, text: string): string {
  const names = type === undefined ? [] : [...walk(type)].filter((node) => node.type === 'type_identifier');
  return sourceOf(names[0] ?? type, text);
}
