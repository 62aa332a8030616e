import { posix } from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';
import type { Tree } from '../../engine/ports.ts';

/** What resolution needs of a package.json. */
export interface PackageJson {
  /** Folder relative to the root, empty for the root. */
  readonly dir: string;
  readonly name: string | undefined;
  readonly exports: unknown;
  readonly imports: unknown;
  readonly main: readonly string[];
  readonly workspaces: readonly string[];
  readonly dependencies: readonly string[];
  /** Whether something says that it is a package of its own, not a mere `{"type": "module"}` marker. */
  readonly real: boolean;
}

/** Parses JSON with comments and trailing commas; an object or nothing. */
export function readJson(tree: Tree, path: string): Readonly<Record<string, unknown>> | undefined {
  const text = tree.read(path);
  if (text === undefined) return undefined;
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  return isRecord(value) ? value : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

export function readPackage(tree: Tree, path: string): PackageJson | undefined {
  const json = readJson(tree, path);
  if (json === undefined) return undefined;
  const dependencies = DEPENDENCY_FIELDS.flatMap((field) => Object.keys(recordOf(json[field])));
  const name = typeof json['name'] === 'string' ? json['name'] : undefined;
  return {
    dir: posix.dirname(path) === '.' ? '' : posix.dirname(path),
    name,
    exports: json['exports'],
    imports: json['imports'],
    main: ['source', 'types', 'typings', 'module', 'main', 'browser'].flatMap((field) => stringOf(json[field])),
    workspaces: workspacesOf(json['workspaces']),
    dependencies,
    real: name !== undefined || dependencies.length > 0 || json['scripts'] !== undefined,
  };
}

function workspacesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  return isRecord(value) ? workspacesOf(value['packages']) : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function stringOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}

/** String targets of an `exports` or `imports` value under any condition. */
export function targetsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(targetsOf);
  return isRecord(value) ? Object.values(value).flatMap(targetsOf) : [];
}

/**
 * Targets for one key of an `exports` or `imports` map, patterns with one `*` included; undefined where the map
 * does not offer it. Node: the pattern with the longest beginning wins, then the longest one.
 */
export function matchMap(map: unknown, key: string): string[] | undefined {
  if (!isRecord(map) || !Object.keys(map).some((name) => name.startsWith('.') || name.startsWith('#'))) {
    return key === '.' ? targetsOf(map) : undefined;
  }
  if (Object.hasOwn(map, key)) return map[key] === null ? undefined : targetsOf(map[key]);
  const patterns = Object.keys(map)
    .filter((name) => name.includes('*') || name.endsWith('/'))
    .sort((a, b) => headOf(b).length - headOf(a).length || b.length - a.length);
  for (const pattern of patterns) {
    const head = headOf(pattern);
    const tail = pattern.slice(head.length + 1);
    if (!key.startsWith(head) || !key.endsWith(tail) || key.length < head.length + tail.length) continue;
    if (map[pattern] === null) return undefined;
    const middle = key.slice(head.length, key.length - tail.length);
    // A folder takes the rest of the name, a pattern puts it where its target has a star.
    if (!pattern.includes('*')) return targetsOf(map[pattern]).map((target) => target + middle);
    return targetsOf(map[pattern]).map((target) => target.replaceAll('*', () => middle));
  }
  return undefined;
}

/** What a pattern begins with. */
function headOf(pattern: string): string {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern : pattern.slice(0, star);
}
