import { type Import, targetOf } from './imports.ts';
import type { DenyRule } from './rules.ts';
import type { Steps } from './steps.ts';

/** Whether an import is of a package or builtin that the rule denies. */
export function isOutside(found: Import, rule: DenyRule): boolean {
  if (found.resolution.kind === 'files' || (rule.allowTypes && found.reference.typeOnly)) return false;
  if (rule.except.find(found.resolution, found.path) !== undefined) return false;
  return rule.to.find(found.resolution, found.path) !== undefined;
}

/** What of it a file imports; undefined where it imports none. */
export function outsideImport(path: string, rule: DenyRule, steps: Steps): Import | undefined {
  return steps.imports(path).find((found) => isOutside(found, rule));
}

export function outsideName(path: string, rule: DenyRule, steps: Steps): string {
  const found = outsideImport(path, rule, steps);
  return found === undefined ? '?' : targetOf(found);
}
