import { globMatcher } from '../../glob.ts';

/** Whose modules a prefix speaks of; `builtin:` speaks of those of any language. */
const SOURCES: Readonly<Record<string, RegExp>> = {
  node: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
  python: /\.pyi?$/,
  java: /\.java$/,
  std: /\.rs$/,
  go: /\.go$/,
};

/** Whether `node:fs`, `python:os`, `std:fs`, `java:java.sql` or `builtin:net/http` speaks of a module, or of one above it. */
export function matchesBuiltin(prefix: string, wanted: string, name: string, from: string): boolean {
  if (SOURCES[prefix]?.test(from) === false) return false;
  const path = plain(name);
  const pattern = plain(wanted);
  const matches = globMatcher([pattern, `${pattern}/**`], { dot: true });
  // `std:fs` stands for `std::fs`, and for `core` and `alloc` as well.
  return matches(path) || (prefix === 'std' && matches(path.slice(path.indexOf('/') + 1)));
}

/** `node:fs/promises`, `os.path` and `std::fs::File` are all paths. */
function plain(name: string): string {
  return name
    .replace(/^node:/, '')
    .replaceAll('::', '/')
    .replace(/(?<=\w)\.(?=\w|\*)/g, '/');
}
