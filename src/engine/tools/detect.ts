import type { Check } from '../checks/check.ts';
import type { Tool, Workspace } from './tool.ts';

/** The checks of all tools. Where two tools give the same id (two runners in one scope) each is named after its tool. */
export function detectChecks(tools: readonly Tool[], workspace: Workspace): readonly Check[] {
  const checks = tools.flatMap((tool) => tool.detect(workspace));
  const toolsOf = new Map<string, Set<string>>();
  for (const check of checks) {
    const names = toolsOf.get(check.id) ?? new Set();
    toolsOf.set(check.id, names.add(check.tool));
  }
  return checks.map((check) =>
    (toolsOf.get(check.id)?.size ?? 0) > 1 ? { ...check, id: `${check.id}/${check.tool}` } : check,
  );
}
