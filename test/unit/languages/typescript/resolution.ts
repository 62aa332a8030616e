import type { Reference } from '../../../../src/engine/language.ts';
import { createResolver } from '../../../../src/languages/typescript/resolve.ts';
import { memoryTree } from '../../memory-tree.ts';

/** What a specifier means in a file: paths, `package NAME SUBPATH`, `builtin NAME` or `unresolved`. */
export function resolve(
  files: Readonly<Record<string, string>>,
  from: string,
  specifier: string | undefined,
  glob = false,
): string {
  const reference: Reference = { specifier, glob, kind: 'static', typeOnly: false, start: 0, end: 0 };
  const found = createResolver(memoryTree(files)).resolve(from, reference);
  switch (found.kind) {
    case 'files':
      return found.paths.join(' ');
    case 'package':
      return `package ${found.name} ${found.subpath}`.trimEnd();
    case 'builtin':
      return `builtin ${found.name}`;
    case 'unresolved':
      return 'unresolved';
    default:
      return found satisfies never;
  }
}

/** Files without content. */
export function empty(...paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, '']));
}

export function json(value: unknown): string {
  return JSON.stringify(value);
}
