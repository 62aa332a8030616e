import type { Language } from '../../engine/language.ts';
import { findProjects } from './projects.ts';
import { extract } from './references.ts';
import { createResolver, isBuildFile } from './resolve.ts';
import { nameOf } from './sources.ts';

export const java: Language = {
  id: 'java',
  matches: (path) => path.endsWith('.java'),
  isLayout: (path) => isBuildFile(nameOf(path)),
  extract,
  openAnalyser: async (grammars) => (await import('./analyse.ts')).openJavaAnalyser(grammars),
  openMutables: async (grammars) => (await import('./mutables.ts')).openJavaMutables(grammars),
  createResolver,
  findProjects,
};
