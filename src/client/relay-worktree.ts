import { commands, l10n, ProgressLocation, Uri, window } from 'vscode';
import { CheckBranch, StartBranch } from '../protocol/streams.ts';
import { PROMPT_FILE, writePromptFile } from './relay-prompt-file.ts';
import { type Acted, CANCELLED, type RelayTarget, type Take } from './relay-target.ts';
import { problemOfTrust } from './relay-trust.ts';

/** A working tree beside this one, on a branch of its own, set up as configured, with the prompt in it. */
export async function startWorktree(target: RelayTarget, take: Take): Promise<Acted> {
  const untrusted = await problemOfTrust();
  if (untrusted !== undefined) return { problem: untrusted };
  const branch = await askBranch(target);
  if (branch === undefined) return CANCELLED;
  const { client, uri } = target;
  const location = {
    location: ProgressLocation.Notification,
    title: l10n.t('Making a working tree for {0} …', branch),
  };
  const made = await window.withProgress(location, () => client.ask(StartBranch, { uri, branch }));
  if ('problem' in made) return made;
  const { worktree } = made.stream;
  return take(async (prompt) => {
    await writePromptFile(worktree, prompt);
    offer(worktree, made.setup);
    return l10n.t('{0} is on branch {1}; the prompt is in {2}.', worktree, branch, PROMPT_FILE);
  });
}

async function askBranch({ client, uri }: RelayTarget): Promise<string | undefined> {
  const value = `relay/${new Date().toISOString().slice(0, 10)}`;
  const first = await client.ask(CheckBranch, { uri, branch: value });
  const open = 'problem' in first ? 0 : first.uncommitted;
  const name = await window.showInputBox({
    title: l10n.t('Start in a New Worktree'),
    prompt:
      open === 0
        ? l10n.t('Name of the branch; it starts from the last commit.')
        : l10n.t(
            'Name of the branch; it starts from the last commit. {0} files that are not committed stay here.',
            open,
          ),
    value,
    ignoreFocusOut: true,
    validateInput: async (typed) => {
      const told = await client.ask(CheckBranch, { uri, branch: typed.trim() });
      if ('problem' in told) return told.problem.message;
      if (told.refused === 'wrong') return l10n.t('git takes no branch of that name.');
      return told.refused === 'taken' ? l10n.t('There is a branch of that name.') : undefined;
    },
  });
  return name?.trim();
}

function offer(dir: string, setup: string | undefined): void {
  const open = l10n.t('Open in New Window');
  const ready = l10n.t('The new worktree is ready: {0}', dir);
  window.showInformationMessage(setup === undefined ? ready : `${ready} ${setup}`, open).then(
    (picked) =>
      picked === open
        ? commands.executeCommand('vscode.openFolder', Uri.file(dir), { forceNewWindow: true })
        : undefined,
    () => undefined,
  );
}
