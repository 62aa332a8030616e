import { l10n, window } from 'vscode';
import { type FolderState, Waive } from '../protocol/lsp.ts';
import type { HarnessClient } from './harness-client.ts';

const LEAST_REASON = 10;

/** A person's decision, so it is asked of a person, with its reason. `id` is a mutant's, or the fingerprint of a finding. */
export async function askForWaiver(client: HarnessClient, { uri }: FolderState, id: string): Promise<void> {
  const reason = await window.showInputBox({
    title: l10n.t('Waive {0}', id),
    prompt: l10n.t(
      'Why may it stay? It lapses as soon as the code changes, and goes to downforce.waivers.jsonc for review.',
    ),
    validateInput: (text) =>
      text.trim().length < LEAST_REASON ? l10n.t('A reason of at least {0} characters.', LEAST_REASON) : undefined,
  });
  if (reason === undefined) return;
  const told = await client.ask(Waive, { uri, id, reason: reason.trim() });
  if ('problem' in told) void window.showErrorMessage(`${told.problem.message} ${told.problem.hint}`);
  else window.setStatusBarMessage(l10n.t('Waived in {0}.', told.file), 5000);
}
