import type { RawPath, Scope } from './facts.ts';

/** `use a as b; use b as a;` and glob circles end here. */
const FARTHEST = 8;

/**
 * Rewrites a path of an inline module or one that begins with a name brought in by `use` into a path that holds for
 * the whole file: `crate::…`, `self::…`, `super::…`, `::name::…`, or unchanged where the file does not know its head.
 */
export function expandPath(path: RawPath, scope: Scope, hops = 0): RawPath {
  const head = path.segments[0];
  if (path.global || head === undefined || head === 'crate') return path;
  if (head === 'self' || head === 'super') return expandRelative(path.segments, scope, hops);
  return lookUp(path.segments, scope, hops) ?? path;
}

function expandRelative(segments: readonly string[], scope: Scope, hops: number): RawPath {
  let current = scope;
  let above = 0;
  let index = 0;
  for (; segments[index] === 'self' || segments[index] === 'super'; index++) {
    if (segments[index] === 'self') continue;
    if (current.parent && above === 0) current = current.parent;
    else above++;
  }
  const rest = segments.slice(index);
  if (above > 0) return local([...Array.from({ length: above }, () => 'super'), ...rest]);
  return lookUp(rest, current, hops) ?? local(['self', ...current.path, ...rest]);
}

function local(segments: readonly string[]): RawPath {
  return { segments, global: false };
}

/** What the first name means in a scope of this file: a module, an alias, or one of these through a glob. */
function lookUp(
  segments: readonly string[],
  scope: Scope,
  hops: number,
  seen: Set<Scope> = new Set(),
): RawPath | undefined {
  const [head, ...rest] = segments;
  if (head === undefined || hops > FARTHEST) return undefined;
  if (scope.modules.has(head)) return local(['self', ...scope.path, ...segments]);
  const alias = scope.aliases.get(head);
  if (alias) {
    // After `use log::log;` the head of `log::info` is the crate, which only the resolver knows.
    if (alias.segments[0] === head && !alias.global) return undefined;
    const target = expandPath(alias, scope, hops + 1);
    return { segments: [...target.segments, ...rest], global: target.global };
  }
  return scope.globs.length > 0 ? throughGlobs(segments, scope, hops, seen) : undefined;
}

function throughGlobs(segments: readonly string[], scope: Scope, hops: number, seen: Set<Scope>): RawPath | undefined {
  seen.add(scope);
  for (const glob of scope.globs) {
    const target = scopeOf(glob, scope);
    const found = target && !seen.has(target) ? lookUp(segments, target, hops + 1, seen) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The module of this file that a glob names, if it is one. */
function scopeOf(glob: RawPath, from: Scope): Scope | undefined {
  let current: Scope | undefined = from;
  for (const [index, segment] of glob.segments.entries()) {
    if (segment === 'super') current = current?.parent;
    else if (segment !== 'self' || index > 0) current = current?.modules.get(segment);
    if (!current) return undefined;
  }
  return glob.global ? undefined : current;
}

/** Whether the file itself says what the head of a path is, in which case a `mod` or `use` has its own reference. */
export function isKnownHead(path: RawPath, scope: Scope): boolean {
  const head = path.segments[0] ?? '';
  return !path.global && (scope.modules.has(head) || scope.aliases.has(head));
}
