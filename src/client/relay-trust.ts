import { commands, l10n, window, workspace } from 'vscode';
import type { Problem } from '../protocol/lsp.ts';

/** What starts a program on this repository needs its trust; why not, where it has not. */
export async function problemOfTrust(): Promise<Problem | undefined> {
  if (workspace.isTrusted) return undefined;
  const manage = l10n.t('Manage Trust');
  const message = l10n.t('An agent may run code of this repository, and it is not trusted.');
  window.showWarningMessage(message, manage).then(
    (picked) => (picked === manage ? commands.executeCommand('workbench.trust.manage') : undefined),
    () => undefined,
  );
  return {
    code: 'relay/untrusted',
    message,
    hint: l10n.t('Trust the workspace first; copying and saving work without.'),
  };
}
