import type { Analyser } from '../../engine/language.ts';
import type { Grammars } from '../../engine/ports.ts';
import { openTreeAnalyser, type TreeLanguage } from '../tree-analyser.ts';
import { allowances } from './allowances.ts';
import { definitionName } from './definitions.ts';
import { rustForm } from './form.ts';
import { rustScopes } from './scopes.ts';

const RUST: TreeLanguage = {
  grammar: 'rust',
  comments: new Set(['line_comment', 'block_comment']),
  nameOf: definitionName,
  markersOf: allowances,
  scopes: rustScopes,
  formRules: rustForm,
};

export function openRustAnalyser(grammars: Grammars): Promise<Analyser> {
  return openTreeAnalyser(grammars, RUST);
}
