import type { Check } from '../checks/check.ts';
import { joinPath } from './folders.ts';
import type { Workspace } from './tool.ts';

/** A check before it is named: names depend on how many checks its tool has. */
export type Draft = Omit<Check, 'id' | 'scope' | 'timeoutMs' | 'retries'> & {
  /** What tells this check from others of the tool in the same place (`tsconfig.test`). */
  readonly label?: string;
};

const TIMEOUT_MS = { lint: 120_000, types: 120_000, security: 120_000, build: 600_000, test: 600_000 } as const;

/** Names the checks of one tool and fills what is the same for all. */
export function nameDrafts(workspace: Workspace, drafts: readonly Draft[]): readonly Check[] {
  const single = drafts.length === 1;
  const places = new Set(drafts.map((draft) => draft.cwd)).size;
  const taken = new Set<string>();
  return drafts.map(({ label, ...draft }) => {
    const scope = scopeOf(workspace, draft.cwd);
    const parts = draft.kind === 'test' || places > 1 ? [scope] : [];
    if (label !== undefined && !single) parts.push(label);
    const name = draft.kind === 'test' ? parts.join('/') : [draft.tool, ...parts].join('/');
    const id = claim(taken, `${draft.kind}:${name}`, draft.tool);
    return { ...draft, id, scope, timeoutMs: TIMEOUT_MS[draft.kind], retries: 0 };
  });
}

function scopeOf(workspace: Workspace, cwd: string): string {
  return workspace.scopes.of(joinPath(cwd, 'package.json'))?.id ?? 'root';
}

function claim(taken: Set<string>, wanted: string, tool: string): string {
  const base = wanted.startsWith('test:') && taken.has(wanted) ? `${wanted}/${tool}` : wanted;
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  taken.add(id);
  return id;
}
