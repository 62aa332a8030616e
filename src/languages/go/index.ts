import type { Language } from '../../engine/language.ts';
import { findGoProjects } from './projects.ts';
import { extractGo } from './references.ts';
import { createGoResolver } from './resolve.ts';

export const go: Language = {
  id: 'go',
  matches: (path) => path.endsWith('.go'),
  isLayout: (path) => /(?:^|\/)go\.(?:mod|work)$/.test(path),
  extract: (_path, text) => extractGo(text),
  openAnalyser: async (grammars) => (await import('./analyse.ts')).openGoAnalyser(grammars),
  openMutables: async (grammars) => (await import('./mutables.ts')).openGoMutables(grammars),
  createResolver: createGoResolver,
  findProjects: findGoProjects,
};
