import type { Analyser } from '../../engine/language.ts';
import type { Grammars } from '../../engine/ports.ts';
import { openTreeAnalyser, type TreeLanguage } from '../tree-analyser.ts';
import { definitionName } from './definitions.ts';
import { goForm } from './form.ts';
import { goScopes } from './scopes.ts';

const GO: TreeLanguage = {
  grammar: 'go',
  comments: new Set(['comment']),
  nameOf: definitionName,
  markersOf: () => [],
  scopes: goScopes,
  formRules: goForm,
};

export function openGoAnalyser(grammars: Grammars): Promise<Analyser> {
  return openTreeAnalyser(grammars, GO);
}
