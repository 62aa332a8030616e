import type { Tree } from '../../engine/ports.ts';
import { isRecord, readJson } from './packages.ts';
import { folder, join as joinPaths } from './tree-paths.ts';

/** Path aliases of one tsconfig.json or jsconfig.json, its `extends` followed inside the repository. */
export interface PathAliases {
  /** Folder of the configuration, relative to the root. */
  readonly dir: string;
  /** Folder that non-relative specifiers may start from. */
  readonly baseUrl: string | undefined;
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

/** All configurations of the tree that define aliases, by folder. */
export function readAliases(tree: Tree): ReadonlyMap<string, readonly PathAliases[]> {
  const byDir = new Map<string, PathAliases[]>();
  for (const path of tree.paths) {
    if (!/(^|\/)(tsconfig|jsconfig)[^/]*\.json$/.test(path)) continue;
    const aliases = readConfig(tree, path, new Set());
    if (aliases.baseUrl === undefined && aliases.paths.length === 0) continue;
    byDir.set(aliases.dir, [...(byDir.get(aliases.dir) ?? []), aliases]);
  }
  return byDir;
}

function readConfig(tree: Tree, path: string, seen: Set<string>): PathAliases {
  const dir = folder(path);
  const json = readJson(tree, path) ?? {};
  seen.add(path);
  const options = isRecord(json['compilerOptions']) ? json['compilerOptions'] : {};
  const parent = parents(tree, dir, json['extends'])
    .filter((candidate) => !seen.has(candidate))
    .map((candidate) => readConfig(tree, candidate, seen))
    .findLast((candidate) => candidate.paths.length > 0 || candidate.baseUrl !== undefined);
  const baseUrl = typeof options['baseUrl'] === 'string' ? join(dir, options['baseUrl']) : parent?.baseUrl;
  const own = options['paths'];
  const paths = isRecord(own) ? ownPaths(own, baseUrl ?? dir) : (parent?.paths ?? []);
  return { dir, baseUrl, paths };
}

function ownPaths(paths: Readonly<Record<string, unknown>>, base: string): PathAliases['paths'] {
  return Object.entries(paths).map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : [])
      .filter((item) => typeof item === 'string')
      .map((item) => join(base, item)),
  }));
}

function parents(tree: Tree, dir: string, value: unknown): string[] {
  const names = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  return names
    .filter((name) => name.startsWith('.'))
    .flatMap((name) => [join(dir, name), `${join(dir, name)}.json`])
    .filter((path) => tree.has(path));
}

/** Candidates for a specifier under the aliases, best first: an exact pattern, then the one with the longest prefix. */
export function aliasTargets(aliases: PathAliases, specifier: string): string[] {
  const found = aliases.paths.flatMap(({ pattern, targets }) => {
    const star = pattern.indexOf('*');
    if (star < 0) return pattern === specifier ? [{ rank: Number.POSITIVE_INFINITY, targets }] : [];
    const head = pattern.slice(0, star);
    const tail = pattern.slice(star + 1);
    if (!specifier.startsWith(head) || !specifier.endsWith(tail) || specifier.length < head.length + tail.length)
      return [];
    const middle = specifier.slice(head.length, specifier.length - tail.length);
    // A function, since `$&` in a name would be a command otherwise.
    return [
      {
        rank: star,
        targets: targets.map((target) =>
          join(
            '',
            target.replace('*', () => middle),
          ),
        ),
      },
    ];
  });
  const targets = found.toSorted((a, b) => b.rank - a.rank).flatMap((match) => match.targets);
  return aliases.baseUrl === undefined ? targets : [...targets, join(aliases.baseUrl, specifier)];
}

/** Configurations may be written with the separators of Windows. */
function join(dir: string, path: string): string {
  return joinPaths(dir, path.replaceAll('\\', '/'));
}
