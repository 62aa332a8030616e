import { isTestPath } from '../../scopes/path-rules.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import type { GuardContext } from '../guard.ts';

/** Scopes whose tests speak for a scope: itself, what needs it, and the folders around it. Empty: files of no scope. */
export function scopesAround(id: string, scopes: ScopeMap): ReadonlySet<string> {
  const around = new Set([id, '']);
  for (const known of around) {
    for (const scope of scopes.scopes) if (scope.dependsOn.includes(known)) around.add(scope.id);
  }
  const root = scopes.get(id)?.root ?? '';
  for (const scope of scopes.scopes) {
    if (scope.root === '' || root.startsWith(`${scope.root}/`)) around.add(scope.id);
  }
  return around;
}

/** Whether there is any test that could have changed. */
export function hasTests({ tree, languages, scopes }: GuardContext, around: ReadonlySet<string>): boolean {
  const isIn = (path: string): boolean => around.has(scopes.of(path)?.id ?? '');
  const reads = (path: string): boolean => languages.some((language) => language.matches(path));
  if (tree.paths.some((path) => isTestPath(path) && reads(path) && isIn(path))) return true;
  return tree.paths.some(
    (path) => path.endsWith('.rs') && isIn(path) && /#\[\s*(cfg\(test\)|test\])/.test(tree.read(path) ?? ''),
  );
}
