import type { Analyser, Marker } from '../../engine/language.ts';
import type { Grammars } from '../../engine/ports.ts';
import { openTreeAnalyser, type TreeLanguage } from '../tree-analyser.ts';
import { field, type SyntaxNode, sourceOf, walk } from '../tree-sitter.ts';
import { definitionName } from './definitions.ts';
import { javaForm } from './form.ts';
import { javaScopes } from './scopes.ts';

const JAVA: TreeLanguage = {
  grammar: 'java',
  comments: new Set(['line_comment', 'block_comment']),
  nameOf: definitionName,
  markersOf: suppressWarnings,
  scopes: javaScopes,
  formRules: javaForm,
};

export function openJavaAnalyser(grammars: Grammars): Promise<Analyser> {
  return openTreeAnalyser(grammars, JAVA);
}

function suppressWarnings(node: SyntaxNode, text: string): readonly Marker[] {
  if (node.type !== 'annotation') return [];
  if (!/^(java\.lang\.)?SuppressWarnings$/.test(sourceOf(field(node, 'name'), text))) return [];
  const strings = [...walk(node)].filter((child) => child.type === 'string_literal');
  const codes = strings.map((string) => sourceOf(string, text).slice(1, -1));
  // A constant may stand for any of them.
  return (codes.length > 0 ? codes : ['*']).map((code) => ({
    tool: 'javac',
    code: code === 'all' ? '*' : code,
    start: node.start,
    end: node.end,
  }));
}
