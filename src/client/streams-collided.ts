import { commands, l10n, Uri, window, workspace } from 'vscode';
import type { Collision } from '../protocol/streams.ts';
import type { StreamsModel } from './streams-model.ts';

/** Says what is new; the server says each collision once. */
export async function warnOfCollisions(
  model: StreamsModel,
  uri: string,
  collisions: readonly Collision[],
): Promise<void> {
  const [first, ...more] = collisions;
  if (first === undefined) return;
  const show = l10n.t('Show Files');
  const text = more.length === 0 ? first.text : `${first.text} ${l10n.t('(and {0} more)', more.length)}`;
  if ((await window.showWarningMessage(text, show)) === show) await showFiles(model, uri, collisions);
}

/** Each file as it is here beside what it is in the other working tree, where that is known. */
export async function showFiles(model: StreamsModel, uri: string, collisions: readonly Collision[]): Promise<void> {
  const items = collisions.flatMap((collision) =>
    collision.files.map((path) => ({ label: path, description: `${collision.a} ↔ ${collision.b}`, path, collision })),
  );
  const picked =
    items.length === 1
      ? items[0]
      : await window.showQuickPick(items, { placeHolder: l10n.t('Which file?'), matchOnDescription: true });
  if (picked !== undefined) await showFile(model, uri, picked.path, picked.collision);
}

async function showFile(model: StreamsModel, uri: string, path: string, { a, b }: Collision): Promise<void> {
  const folder = model.get(uri);
  if (folder === undefined) return;
  const here = Uri.joinPath(Uri.file(folder.state.root), path);
  const others = (folder.view?.streams ?? []).filter(
    ({ branch, worktree }) => [a, b].includes(branch) && worktree !== folder.state.root,
  );
  const [other] = others;
  const there = other === undefined ? undefined : Uri.joinPath(Uri.file(other.worktree), path);
  if (other !== undefined && there !== undefined && (await exists(here)) && (await exists(there)))
    await commands.executeCommand('vscode.diff', here, there, l10n.t('{0}: here ↔ {1}', path, other.branch));
  else await window.showTextDocument((await exists(here)) ? here : (there ?? here));
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
