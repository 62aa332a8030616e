import type { Modules } from './modules.ts';

/**
 * Files that may define a `macro_rules!` called by bare name: those of the modules above the caller, and of the
 * `#[macro_use]` modules that they declare. Textual order is not looked at.
 */
export function macroSources(
  modules: Modules,
  from: string,
  name: string,
  fileOf: (from: string, specifier: string) => readonly string[],
): readonly string[] {
  const { folder, segments, roots } = modules.place(from);
  const above = segments.slice(0, -1).map((_, index) => modules.descend(folder, segments.slice(0, index + 1)));
  // A set keeps its order while it grows, which makes it the list of files still to visit.
  const visited = new Set([...roots, ...above, from].filter((file) => file !== undefined));
  for (const file of visited) {
    for (const child of modules.outline(file).macroUse.flatMap((specifier) => fileOf(file, specifier)))
      visited.add(child);
  }
  return [...visited].filter((file) => file !== from && modules.outline(file).macros.has(name));
}
