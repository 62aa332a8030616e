import type { Language } from '../../engine/language.ts';
import { isPython } from './modules.ts';
import { findProjects } from './projects.ts';
import { extract } from './references.ts';
import { createResolver } from './resolve.ts';
import { MANIFESTS } from './roots.ts';

export const python: Language = {
  id: 'python',
  matches: isPython,
  isLayout: (path) => MANIFESTS.has(path.slice(path.lastIndexOf('/') + 1)),
  extract,
  openAnalyser: async (grammars) => (await import('./analyse.ts')).openPythonAnalyser(grammars),
  openMutables: async (grammars) => (await import('./mutables.ts')).openPythonMutables(grammars),
  createResolver,
  findProjects,
};
