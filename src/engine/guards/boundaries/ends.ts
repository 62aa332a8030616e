import picomatch from 'picomatch';
import type { Ecosystem, Resolution } from '../../language.ts';
import type { ScopeMap } from '../../scopes/scope.ts';

/** One end of a rule, ready to be compared with what an import leads to. */
export interface End {
  /** As the rule has it. */
  readonly text: string;
  readonly kind: 'scope' | 'glob' | 'package' | 'builtin';
  matchesFile(path: string): boolean;
  matchesPackage(ecosystem: Ecosystem, name: string, subpath: string): boolean;
  matchesBuiltin(name: string): boolean;
}

const ECOSYSTEMS: Readonly<Record<string, Ecosystem>> = {
  npm: 'npm',
  pypi: 'pypi',
  go: 'go',
  crate: 'crate',
  maven: 'maven',
};
const no = (): boolean => false;

/** `npm:x`, `node:fs`, a scope's id, else a glob of files. */
export function compileEnd(text: string, scopes: ScopeMap): End {
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? '' : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const ecosystem = ECOSYSTEMS[prefix];
  const none = { text, matchesFile: no, matchesPackage: no, matchesBuiltin: no };
  if (ecosystem !== undefined) {
    const matches = nameMatcher(ecosystem, rest);
    return {
      ...none,
      kind: 'package',
      matchesPackage: (other, name, subpath) => other === ecosystem && matches(name, subpath),
    };
  }
  if (['node', 'python', 'java', 'std', 'builtin'].includes(prefix)) {
    const matches = picomatch(rest, { dot: true });
    return { ...none, kind: 'builtin', matchesBuiltin: (name) => matches(name.replace(/^node:/, '')) };
  }
  const scope = scopes.get(text);
  if (scope !== undefined) return { ...none, kind: 'scope', matchesFile: (path) => scopes.of(path) === scope };
  const matches = picomatch([text, `${text.replace(/\/$/, '')}/**`], { dot: true });
  return { ...none, kind: 'glob', matchesFile: (path) => matches(path) };
}

/** A package, or with a glob several; `pypi:google.cloud` also speaks of what is below it. */
function nameMatcher(ecosystem: Ecosystem, wanted: string): (name: string, subpath: string) => boolean {
  const plain = (name: string): string =>
    ecosystem === 'pypi' || ecosystem === 'crate' ? name.toLowerCase().replaceAll('-', '_') : name;
  if (/[*?{[]/.test(wanted)) {
    const matches = picomatch(plain(wanted), { dot: true });
    return (name, subpath) => matches(plain(name)) || matches(`${plain(name)}/${subpath}`);
  }
  const separator = ecosystem === 'pypi' || ecosystem === 'maven' ? '.' : '/';
  const target = plain(wanted);
  return (name, subpath) => {
    const whole = subpath === '' ? plain(name) : `${plain(name)}${separator}${subpath}`;
    return plain(name) === target || whole === target || whole.startsWith(target + separator);
  };
}

/** Several ends as one. */
export interface EndSet {
  readonly ends: readonly End[];
  matchesFile(path: string): boolean;
  /** The end that a resolution leads to; undefined where it leads to none. */
  find(resolution: Resolution): End | undefined;
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
  return { ends, matchesFile, find: (resolution) => ends.find((end) => matchesResolution(end, resolution)) };
}

function matchesResolution(end: End, resolution: Resolution): boolean {
  switch (resolution.kind) {
    case 'files':
      return resolution.paths.some((path) => end.matchesFile(path));
    case 'package':
      return end.matchesPackage(resolution.ecosystem, resolution.name, resolution.subpath);
    case 'builtin':
      return end.matchesBuiltin(resolution.name);
    case 'unresolved':
      return false;
    default:
      return resolution satisfies never;
  }
}
