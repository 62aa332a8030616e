import { l10n, Uri, window, workspace } from 'vscode';
import { Decide } from '../protocol/relay.ts';
import type { HarnessClient } from './harness-client.ts';

const LEAST = 10;

/** Asks for a decision and the scopes it governs, and writes it where every hand-off finds it. */
export async function recordDecision(client: HarnessClient, uri: string, root: string): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t('Record a Decision (1/2)'),
    prompt: l10n.t(
      'What was decided, and why? It goes to the repository’s decisions, and into every hand-off it governs.',
    ),
    ignoreFocusOut: true,
    validateInput: (typed) =>
      typed.trim().length < LEAST ? l10n.t('A decision of at least {0} characters.', LEAST) : undefined,
  });
  if (text === undefined) return;
  const scopes = await window.showInputBox({
    title: l10n.t('Record a Decision (2/2)'),
    prompt: l10n.t('Scopes it governs, with commas between them. Empty: those that the present change touches.'),
    ignoreFocusOut: true,
  });
  if (scopes === undefined) return;
  const told = await client.ask(Decide, { uri, text: text.trim(), scopes: split(scopes) });
  if ('problem' in told) {
    void window.showErrorMessage(`${told.problem.message} ${told.problem.hint}`);
    return;
  }
  const open = l10n.t('Open');
  const picked = await window.showInformationMessage(l10n.t('Written to {0}.', told.file), open);
  if (picked !== open) return;
  const document = await workspace.openTextDocument(Uri.joinPath(Uri.file(root), told.file));
  await window.showTextDocument(document);
}

function split(scopes: string): readonly string[] {
  return scopes
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}
