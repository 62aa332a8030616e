import type { Analyser } from '../../engine/language.ts';
import type { Grammars } from '../../engine/ports.ts';
import { openTreeAnalyser, type TreeLanguage } from '../tree-analyser.ts';
import { definitionName } from './definitions.ts';
import { pythonForm } from './form.ts';
import { pythonScopes } from './scopes.ts';

const PYTHON: TreeLanguage = {
  grammar: 'python',
  comments: new Set(['comment']),
  nameOf: definitionName,
  markersOf: () => [],
  scopes: pythonScopes,
  formRules: pythonForm,
};

export function openPythonAnalyser(grammars: Grammars): Promise<Analyser> {
  return openTreeAnalyser(grammars, PYTHON);
}
