import type { RawFinding } from '../../../protocol/finding.ts';
import type { Tree } from '../../ports.ts';
import { isTestPath } from '../../scopes/path-rules.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import { filesOf, findingAt, type Import } from './imports.ts';
import { APART } from './undeclared.ts';

/** A way into another package of the workspace that its `exports` do not offer. */
export function deepImport(found: Import, text: string, scopes: ScopeMap, tree: Tree): RawFinding | undefined {
  const { path, reference } = found;
  const [target] = filesOf(found);
  if (target === undefined || reference.typeOnly || isTestPath(path) || APART.test(`/${path}`)) return undefined;
  const specifier = reference.specifier ?? '';
  const other = scopes.of(target);
  if (other === undefined || scopes.of(path) === other || other.root === '') return undefined;
  const manifest = other.projects.find((project) => project.manifest.endsWith('package.json'));
  const offered = manifest === undefined ? undefined : exportsOf(tree, manifest.manifest);
  if (manifest === undefined || offered === undefined) return undefined;
  if (offers(offered, specifier, manifest.name, target.slice(other.root.length + 1))) return undefined;
  return findingAt(found, text, {
    code: 'boundary/deep-import',
    message: `${specifier} goes past the exports of ${manifest.name} (${manifest.manifest})`,
    data: { package: manifest.name },
  });
}

/** Keys of an `exports` map, each with all that it may lead to; without any it is withheld. */
type Offered = ReadonlyMap<string, readonly string[]>;

function exportsOf(tree: Tree, manifest: string): Offered | undefined {
  try {
    const json: unknown = JSON.parse((tree.read(manifest) ?? '{}').replace(/^\uFEFF/, ''));
    const map: unknown = typeof json === 'object' && json !== null && 'exports' in json ? json.exports : undefined;
    if (map === undefined || map === null) return undefined;
    const keyed = typeof map === 'object' && Object.keys(map).some((key) => key.startsWith('.'));
    const entries: [string, unknown][] = keyed ? Object.entries(map) : [['.', map]];
    return new Map(entries.map(([key, value]) => [key, leaves(value)]));
  } catch {
    // A broken manifest offers nothing that could be compared; its own checks say that it is broken.
    return undefined;
  }
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/^\.\//, '')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

function offers(offered: Offered, specifier: string, name: string, inside: string): boolean {
  if (specifier.startsWith('.')) return offersFile(offered, inside);
  if (specifier !== name && !specifier.startsWith(`${name}/`)) {
    // A path alias into the package is not the package's name; what it means is the alias's affair.
    return true;
  }
  const key = specifier === name ? '.' : `.${specifier.slice(name.length)}`;
  const exact = offered.get(key);
  if (exact !== undefined) return exact.length > 0;
  // Node takes the longest pattern that matches, be it one that withholds.
  const [best] = [...offered.keys()]
    .filter((pattern) => matchesPattern(pattern, key))
    .sort((a, b) => b.replace(/\*.*/, '').length - a.replace(/\*.*/, '').length);
  return best !== undefined && (offered.get(best)?.length ?? 0) > 0;
}

function offersFile(offered: Offered, inside: string): boolean {
  const targets = [...offered.values()].flat();
  return targets.some((target) => stem(target) === stem(inside) || matchesPattern(stem(target), stem(inside)));
}

/** What is built as `dist/x.js` is written as `src/x.ts`. */
function stem(path: string): string {
  return path
    .replace(/^(?:_?(?:dist|lib|build|out|src|esm|cjs|mjs|types)\/)+/, '')
    .replace(/(\.d)?\.[cm]?[jt]sx?$/, '')
    .replace(/(^|\/)index$/, '');
}

function matchesPattern(pattern: string, key: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern.endsWith('/') && key.startsWith(pattern);
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return key.length >= head.length + tail.length && key.startsWith(head) && key.endsWith(tail);
}
