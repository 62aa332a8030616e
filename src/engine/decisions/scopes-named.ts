import type { ScopeMap } from '../scopes/scope.ts';

/** The names of a list such as `core, cli` or "`core`"; those that are no scope any more stay, and govern nothing. */
export function scopesNamed(list: string, scopes: ScopeMap): readonly string[] {
  const names = list
    .split(/[,;]/)
    .map((name) => name.trim().replace(/^[`"'[]+|[`"'\].]+$/g, ''))
    .filter((name) => name !== '');
  if (names.length === 0 || names.some((name) => /^(all|everything|\*)$/i.test(name))) return [];
  return [...new Set(names.map((name) => scopes.get(name)?.id ?? scopes.of(name)?.id ?? name))];
}

const MAX_WORDS = 5000;

/** Scopes whose name stands in backticks in a text, or of which it names a file or folder. */
export function scopesMentioned(text: string, scopes: ScopeMap, isPath: (name: string) => boolean): readonly string[] {
  const found = new Set<string>();
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.trim());
  for (const span of spans) {
    const scope = scopes.get(span);
    if (scope !== undefined) found.add(scope.id);
  }
  const words = [...spans, ...(text.match(/[\w@.-]+(?:\/[\w@.*-]+)+/g) ?? [])].slice(0, MAX_WORDS);
  for (const word of words) {
    const path = word
      .replace(/^(\.\/)+/, '')
      .replace(/\/?\*+.*$/, '')
      .replace(/[/.]+$/, '');
    const scope = path !== '' && isPath(path) ? (scopes.of(`${path}/x`) ?? scopes.of(path)) : undefined;
    if (scope !== undefined) found.add(scope.id);
  }
  return [...found];
}
