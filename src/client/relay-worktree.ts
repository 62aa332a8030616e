import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { commands, l10n, Uri, window } from 'vscode';
import { addWorktree, countUncommitted, problemOfBranch } from './relay-git.ts';
import { PROMPT_FILE, writePromptFile } from './relay-prompt-file.ts';
import { type Acted, CANCELLED, type RelayTarget, type Take } from './relay-target.ts';
import { problemOfTrust } from './relay-trust.ts';

/** A working tree beside this one, on a branch of its own, with the prompt in it. */
export async function startWorktree({ root }: RelayTarget, take: Take): Promise<Acted> {
  const untrusted = await problemOfTrust();
  if (untrusted !== undefined) return { problem: untrusted };
  if (root === undefined) return CANCELLED;
  const branch = await askBranch(root);
  if (branch === undefined) return CANCELLED;
  const dir = freeFolder(root, branch);
  const made = await addWorktree(root, branch, dir);
  if (!made.ok) {
    const hint = l10n.t('Nothing was made; another name may do.');
    return { problem: { code: 'relay/worktree', message: made.why, hint } };
  }
  return take(async (prompt) => {
    await writePromptFile(dir, prompt);
    offer(dir);
    return l10n.t('{0} is on branch {1}; the prompt is in {2}.', dir, branch, PROMPT_FILE);
  });
}

async function askBranch(root: string): Promise<string | undefined> {
  const open = await countUncommitted(root);
  const name = await window.showInputBox({
    title: l10n.t('Start in a New Worktree'),
    prompt:
      open === 0
        ? l10n.t('Name of the branch; it starts from the last commit.')
        : l10n.t(
            'Name of the branch; it starts from the last commit. {0} files that are not committed stay here.',
            open,
          ),
    value: `relay/${new Date().toISOString().slice(0, 10)}`,
    ignoreFocusOut: true,
    validateInput: async (typed) => {
      const problem = await problemOfBranch(root, typed.trim());
      if (problem === 'wrong') return l10n.t('git takes no branch of that name.');
      return problem === 'taken' ? l10n.t('There is a branch of that name.') : undefined;
    },
  });
  return name?.trim();
}

/** Beside the repository, where a tool that walks it does not come upon it. */
function freeFolder(root: string, branch: string): string {
  const name = branch.replaceAll(/[^\w.-]+/g, '-');
  const base = join(dirname(root), `${basename(root)}-${name}`);
  for (let count = 1; ; count++) {
    const dir = count === 1 ? base : `${base}-${count}`;
    if (!existsSync(dir)) return dir;
  }
}

function offer(dir: string): void {
  const open = l10n.t('Open in New Window');
  window.showInformationMessage(l10n.t('The new worktree is ready: {0}', dir), open).then(
    (picked) =>
      picked === open
        ? commands.executeCommand('vscode.openFolder', Uri.file(dir), { forceNewWindow: true })
        : undefined,
    () => undefined,
  );
}
