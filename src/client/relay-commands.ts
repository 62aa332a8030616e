import { l10n, type WorkspaceFolder, window, workspace } from 'vscode';
import type { FolderStates } from './folder-states.ts';
import type { HarnessClient } from './harness-client.ts';
import type { RelayPanels } from './relay-panels.ts';

/** Opens, or shows, the panel of a folder. The server need not have told anything of it yet. */
export async function generateHandoff(panels: RelayPanels, folder: string | undefined): Promise<void> {
  const picked = await pick(folder);
  if (picked !== undefined) await panels.open(picked.uri.toString(), picked.name);
}

export async function decide(client: HarnessClient, states: FolderStates, folder: string | undefined): Promise<void> {
  const picked = await pick(folder);
  if (picked === undefined) return;
  const { recordDecision } = await import('./relay-late.ts');
  const uri = picked.uri.toString();
  await recordDecision(client, uri, states.get(uri)?.root ?? picked.uri.fsPath);
}

async function pick(known: string | undefined): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [first, ...more] = folders;
  const wanted = folders.find(({ uri }) => uri.toString() === known);
  if (first === undefined) void window.showInformationMessage(l10n.t('Open a folder with a git repository first.'));
  if (wanted !== undefined || more.length === 0) return wanted ?? first;
  return window.showWorkspaceFolderPick({ placeHolder: l10n.t('Which folder?') });
}
