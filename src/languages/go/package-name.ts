/** Hosts whose first three path elements name a repository. */
const REPOSITORY_HOSTS = new Set([
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'codeberg.org',
  'gitee.com',
  'git.sr.ht',
  'golang.org',
]);

export function isUnder(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path.charCodeAt(prefix.length) === 47);
}

/** Longest of the modules that holds the import path. */
export function longestPrefix(path: string, modules: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const module of modules) {
    if (module.length > (best?.length ?? 0) && isUnder(path, module)) best = module;
  }
  return best;
}

/** A guess at the module of an import path that no go.mod requires. */
export function guessModule(path: string): string {
  const parts = path.split('/');
  const versioned = parts.findIndex((part, index) => index > 0 && /\.v\d+$/.test(part));
  if (parts[0] === 'gopkg.in' && versioned > 0) return parts.slice(0, versioned + 1).join('/');
  const length = REPOSITORY_HOSTS.has(parts[0] ?? '') ? 3 : 2;
  const major = /^v\d+$/.test(parts[length] ?? '') ? 1 : 0;
  return parts.slice(0, length + major).join('/');
}
