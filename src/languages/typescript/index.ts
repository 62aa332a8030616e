import { init } from 'es-module-lexer';
import type { Language } from '../../engine/language.ts';
import { findProjects } from './projects.ts';
import { extractReferences } from './references.ts';
import { createResolver } from './resolve.ts';

/** TypeScript and JavaScript, single-file components included. */
export const typescript: Language = {
  id: 'typescript',
  matches: (path) => /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(path),
  isLayout: (path) => /(^|\/)(package\.json|pnpm-workspace\.yaml|[jt]sconfig[^/]*\.json)$/.test(path),
  ready: init,
  extract: extractReferences,
  openExact: async () => (await import('./exact.ts')).extractExactly,
  openAnalyser: async () => (await import('./analyse.ts')).openTypescriptAnalyser(),
  openSchemata: async () => (await import('./schemata.ts')).writeSchemata,
  openEquivalence: async () => (await import('./equivalence.ts')).openTypescriptEquivalence(),
  openMutables: async () => (await import('./mutables.ts')).openTypescriptMutables(),
  createResolver,
  findProjects,
};
