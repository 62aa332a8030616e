import type { Config } from '../../protocol/config.ts';
import { globMatcher } from '../glob.ts';
import type { Language, Project } from '../language.ts';
import type { Tree } from '../ports.ts';
import type { Scope, ScopeMap } from './scope.ts';

/** The scopes the configuration names, else the packages, crates and modules of the tree, else one: the root. */
export function detectScopes(tree: Tree, languages: readonly Language[], config: Pick<Config, 'scopes'>): ScopeMap {
  const projects = languages.flatMap((language) => language.findProjects(tree));
  if (Object.keys(config.scopes).length > 0) return configuredScopes(config.scopes, projects);
  return foundScopes(projects);
}

function configuredScopes(scopes: Config['scopes'], projects: readonly Project[]): ScopeMap {
  const matchers = Object.entries(scopes).map(([id, scope]) => {
    const matches = globMatcher(scope.paths, { dot: true });
    const inside = projects.filter((project) => matches(project.manifest));
    return { scope: { id, root: sharedFolder(scope.paths), dependsOn: scope.dependsOn, projects: inside }, matches };
  });
  const known = new Map<string, Scope | undefined>();
  return {
    scopes: matchers.map((matcher) => matcher.scope),
    get: (id) => matchers.find((matcher) => matcher.scope.id === id)?.scope,
    of: (path) => {
      if (!known.has(path)) known.set(path, matchers.find((matcher) => matcher.matches(path))?.scope);
      return known.get(path);
    },
  };
}

/** The folder that all patterns share, up to the first wildcard. */
function sharedFolder(patterns: readonly string[]): string {
  const folders = patterns.map((pattern) => {
    const parts = pattern.split('/');
    const wild = parts.findIndex((part) => /[*?[{(!]/.test(part));
    return wild < 0 ? parts.slice(0, -1) : parts.slice(0, wild);
  });
  const first = folders[0] ?? [];
  let length = first.length;
  for (const folder of folders) {
    const differs = first.findIndex((part, index) => folder[index] !== part);
    if (differs >= 0) length = Math.min(length, differs);
  }
  return first.slice(0, length).join('/');
}

function foundScopes(projects: readonly Project[]): ScopeMap {
  const byRoot = Map.groupBy(projects, (project) => project.root);
  if (byRoot.size === 0) byRoot.set('', []);
  const ids = nameScopes([...byRoot.keys()], byRoot);
  const byName = new Map(projects.map((project) => [nameKey(project.language, project.name), project.root]));
  const scopes = [...byRoot].map(([root, members]): Scope => {
    const needed = members.flatMap((project) =>
      project.dependsOn.flatMap((name) => byName.get(nameKey(project.language, name)) ?? []),
    );
    const dependsOn = [...new Set(needed)].filter((other) => other !== root).map((other) => ids.get(other) ?? other);
    return { id: ids.get(root) ?? root, root, dependsOn, projects: members };
  });
  return scopeMap(scopes);
}

/** PEP 503 and Cargo treat `-`, `_` and `.` alike. */
function nameKey(language: string, name: string): string {
  const plain = language === 'python' || language === 'rust' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
  return `${language}:${plain}`;
}

/** The last part of the project's name where that is unique, else the whole name, else the folder, which always is. */
function nameScopes(roots: readonly string[], byRoot: ReadonlyMap<string, readonly Project[]>): Map<string, string> {
  const folder = (root: string): string => root || 'root';
  const full = (root: string): string => byRoot.get(root)?.[0]?.name || folder(root);
  const brief = (root: string): string =>
    full(root)
      .replace(/\/v\d+$/, '')
      .split('/')
      .at(-1) || full(root);
  const taken = new Set(roots.map(folder));
  const claim = (names: (root: string) => string, root: string): string | undefined => {
    const name = names(root);
    const alone = roots.filter((other) => names(other) === name).length === 1;
    return alone && (name === folder(root) || !taken.has(name)) ? name : undefined;
  };
  const ids = new Map<string, string>();
  for (const root of roots) {
    const id = claim(brief, root) ?? claim(full, root) ?? folder(root);
    ids.set(root, id);
    taken.add(id);
  }
  return ids;
}

function scopeMap(scopes: readonly Scope[]): ScopeMap {
  const byRoot = new Map(scopes.map((scope) => [scope.root, scope]));
  const byId = new Map(scopes.map((scope) => [scope.id, scope]));
  const ofFolder = new Map<string, Scope | undefined>();
  const find = (folder: string): Scope | undefined => {
    if (ofFolder.has(folder)) return ofFolder.get(folder);
    const slash = folder.lastIndexOf('/');
    const parent = folder === '' ? undefined : find(slash < 0 ? '' : folder.slice(0, slash));
    const found = byRoot.get(folder) ?? parent;
    ofFolder.set(folder, found);
    return found;
  };
  return {
    scopes,
    get: (id) => byId.get(id),
    of: (path) => find(path.slice(0, Math.max(0, path.lastIndexOf('/')))),
  };
}
