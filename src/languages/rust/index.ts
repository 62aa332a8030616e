import type { Language } from '../../engine/language.ts';
import { findRustProjects } from './projects.ts';
import { extractRust } from './references.ts';
import { createRustResolver } from './resolve.ts';

export const rust: Language = {
  id: 'rust',
  matches: (path) => path.endsWith('.rs'),
  isLayout: (path) => path === 'Cargo.toml' || path.endsWith('/Cargo.toml'),
  extract: (_path, text) => extractRust(text),
  openAnalyser: async (grammars) => (await import('./analyse.ts')).openRustAnalyser(grammars),
  openMutables: async (grammars) => (await import('./mutables.ts')).openRustMutables(grammars),
  createResolver: createRustResolver,
  findProjects: findRustProjects,
};
