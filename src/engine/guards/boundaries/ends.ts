import { globMatcher } from '../../glob.ts';
import type { Ecosystem, LanguageId, Resolution } from '../../language.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import { matchesBuiltin } from './builtins.ts';
import { PYPI_NAMES, plainPypi } from './pypi-names.ts';

/** One end of a rule, ready to be compared with what an import leads to. */
export interface End {
  /** As the rule has it. */
  readonly text: string;
  readonly kind: 'scope' | 'glob' | 'package' | 'builtin';
  matchesFile(path: string): boolean;
  matchesPackage(ecosystem: Ecosystem, name: string, subpath: string): boolean;
  /** @param from the importing file: each language has modules of its own by the same names */
  matchesBuiltin(name: string, from: string): boolean;
}

const LANGUAGE_OF: Readonly<Record<Ecosystem, LanguageId>> = {
  npm: 'typescript',
  pypi: 'python',
  go: 'go',
  crate: 'rust',
  maven: 'java',
};
const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map(
  (Object.keys(LANGUAGE_OF) as Ecosystem[]).map((ecosystem) => [ecosystem, ecosystem]),
);
const BUILTINS = new Set(['node', 'python', 'java', 'std', 'builtin']);
const no = (): boolean => false;

/** `npm:x`, `node:fs`, a scope's id, else a glob of files. */
export function compileEnd(text: string, scopes: ScopeMap): End {
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? '' : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const ecosystem = ECOSYSTEMS.get(prefix);
  if (ecosystem !== undefined) return packageEnd(text, ecosystem, rest, scopes);
  const none = { text, matchesFile: no, matchesPackage: no, matchesBuiltin: no };
  if (BUILTINS.has(prefix))
    return { ...none, kind: 'builtin', matchesBuiltin: (name, from) => matchesBuiltin(prefix, rest, name, from) };
  const scope = scopes.get(text);
  if (scope !== undefined) return { ...none, kind: 'scope', matchesFile: (path) => scopes.of(path) === scope };
  const glob = text.replace(/^(\.\/)+/, '');
  const matches = globMatcher([glob, `${glob.replace(/\/+$/, '')}/**`], { dot: true });
  return { ...none, kind: 'glob', matchesFile: (path) => matches(path) };
}

/** A package by name; one that the workspace holds itself is known by its files, since imports lead there. */
function packageEnd(text: string, ecosystem: Ecosystem, rest: string, scopes: ScopeMap): End {
  const matches = nameMatcher(ecosystem, rest);
  const members = scopes.scopes.filter((scope) =>
    scope.projects.some((project) => project.language === LANGUAGE_OF[ecosystem] && matches(project.name, '')),
  );
  return {
    text,
    kind: 'package',
    matchesFile: (path) => {
      const scope = members.length === 0 ? undefined : scopes.of(path);
      return scope !== undefined && members.includes(scope);
    },
    matchesPackage: (other, name, subpath) => other === ecosystem && matches(name, subpath),
    // Go's own packages are named like any other: `go:net/http`.
    matchesBuiltin: (name, from) => ecosystem === 'go' && matchesBuiltin('go', rest, name, from),
  };
}

/** A package, or with a glob several; `pypi:google.cloud` also speaks of what is below it. */
function nameMatcher(ecosystem: Ecosystem, wanted: string): (name: string, subpath: string) => boolean {
  const plain = (name: string): string =>
    ecosystem === 'pypi' || ecosystem === 'crate' ? name.toLowerCase().replaceAll('-', '_') : name;
  if (/[*?{[]/.test(wanted)) {
    const matches = globMatcher(plain(wanted), { dot: true });
    return (name, subpath) => matches(plain(name)) || matches(`${plain(name)}/${subpath}`);
  }
  const separator = ecosystem === 'pypi' || ecosystem === 'maven' ? '.' : '/';
  const target = plain(wanted);
  return (name, subpath) => {
    const whole = subpath === '' ? plain(name) : `${plain(name)}${separator}${subpath.replaceAll('::', '/')}`;
    if (plain(name) === target || whole === target || whole.startsWith(target + separator)) return true;
    return ecosystem === 'pypi' && (PYPI_NAMES[name] ?? []).includes(plainPypi(wanted));
  };
}

/** Several ends as one. */
export interface EndSet {
  readonly ends: readonly End[];
  matchesFile(path: string): boolean;
  /** The end that a resolution leads to, or one of its files does; undefined where it leads to none. */
  find(resolution: Resolution, from: string): End | undefined;
}

export function compileEnds(texts: readonly string[], scopes: ScopeMap): EndSet {
  const ends = texts.map((text) => compileEnd(text, scopes));
  const files = new Map<string, boolean>();
  const matchesFile = (path: string): boolean => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const found = ends.some((end) => end.matchesFile(path));
    files.set(path, found);
    return found;
  };
  return { ends, matchesFile, find: (resolution, from) => ends.find((end) => matches(end, resolution, from)) };
}

function matches(end: End, resolution: Resolution, from: string): boolean {
  switch (resolution.kind) {
    case 'files':
      return resolution.paths.some((path) => end.matchesFile(path));
    case 'package':
      return end.matchesPackage(resolution.ecosystem, resolution.name, resolution.subpath);
    case 'builtin':
      return end.matchesBuiltin(resolution.name, from);
    case 'unresolved':
      return false;
    default:
      return resolution satisfies never;
  }
}
