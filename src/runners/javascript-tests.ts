import { createGlobMatcher } from '../engine/tools/operands.ts';

/** Names that Vitest takes for tests by itself. */
export const VITEST_DEFAULT = ['**/*.{test,spec}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];
/** Names that Jest takes for tests by itself. */
export const JEST_DEFAULT = [
  '**/__tests__/**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}',
  '**/*.{test,spec}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}',
  '**/{test,spec}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}',
];

/** Globs seen from several folders: runners differ in which one they take, and one too many only looks at more. */
export function matchAny(globs: readonly string[], folders: readonly string[]): (path: string) => boolean {
  const matchers = [...new Set(folders)].map((folder) => createGlobMatcher(globs, folder));
  return (path) => matchers.some((matches) => matches(path));
}
