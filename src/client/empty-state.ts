import { commands, type Disposable, workspace } from 'vscode';
import type { FolderStates } from './folder-states.ts';
import { CONTEXT } from './ids.ts';

/** Says to the welcome texts of the side bar what kind of nothing there is. */
export function trackEmptyState(states: FolderStates): Disposable {
  const update = (): void => {
    const all = states.all();
    const set = (key: string, value: unknown): unknown => commands.executeCommand('setContext', key, value);
    set(CONTEXT.empty, emptiness(states));
    set(
      CONTEXT.running,
      all.some((state) => Object.values(state.stages).some(({ status }) => status === 'running')),
    );
    set(
      CONTEXT.paused,
      all.some((state) => state.paused),
    );
  };
  update();
  return states.onDidChange(update);
}

function emptiness(states: FolderStates): string {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return 'no-folder';
  if (folders.every(({ uri }) => uri.scheme !== 'file')) return 'virtual';
  const problems = states.all().map(({ problem }) => problem?.code);
  if (problems.length === 0 || problems.some((code) => code === undefined)) return 'none';
  return problems.some((code) => code?.startsWith('config/')) ? 'config' : 'no-git';
}
