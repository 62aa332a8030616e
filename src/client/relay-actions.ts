import { commands, env, l10n, Uri, window, workspace } from 'vscode';
import { AskForDraft, type RelayAction, TakeRelay } from '../protocol/relay.ts';
import { openAgent } from './relay-agents.ts';
import { type Acted, CANCELLED, type RelayTarget } from './relay-target.ts';
import { startWorktree } from './relay-worktree.ts';

/** Does with the prompt what the person asked for. It is taken only once nothing can get in its way any more. */
export async function actOnRelay(action: RelayAction, target: RelayTarget): Promise<Acted> {
  switch (action) {
    case 'copy':
      return take(target, async (prompt) => {
        await env.clipboard.writeText(prompt);
        return l10n.t('Copied: paste it into a fresh session.');
      });
    case 'chat':
      return openChat(target);
    case 'save':
      return save(target);
    case 'ask':
      return ask(target);
    case 'terminal':
      return openAgent(target, (how) => take(target, how));
    case 'worktree':
      return startWorktree(target, (how) => take(target, how));
    default:
      return action satisfies never;
  }
}

async function take({ client, uri }: RelayTarget, how: (prompt: string) => Promise<string>): Promise<Acted> {
  const told = await client.ask(TakeRelay, { uri });
  return 'problem' in told ? told : { text: await how(told.markdown), taken: true };
}

async function ask({ client, uri }: RelayTarget): Promise<Acted> {
  const told = await client.ask(AskForDraft, { uri });
  if ('problem' in told) return told;
  await env.clipboard.writeText(told.prompt);
  return { text: l10n.t('Copied: ask the session that ends, and paste its answer below.'), taken: false };
}

const OPEN_CHAT = 'workbench.action.chat.open';
const NEW_CHAT = 'workbench.action.chat.newChat';

/** Chat commands are no API: where they are missing the clipboard has to do. */
async function openChat(target: RelayTarget): Promise<Acted> {
  const known = await commands.getCommands(true);
  // Where it is switched off the commands are there all the same, and do nothing without a word.
  const off = workspace.getConfiguration('chat').get('disableAIFeatures') === true;
  return take(target, async (prompt) => {
    if (!off && known.includes(OPEN_CHAT) && (await opened(prompt, known.includes(NEW_CHAT))))
      return l10n.t('Opened in a new chat: look it over and send it.');
    await env.clipboard.writeText(prompt);
    return l10n.t('There is no chat in this editor: the prompt was copied instead.');
  });
}

async function opened(prompt: string, fresh: boolean): Promise<boolean> {
  try {
    if (fresh) await commands.executeCommand(NEW_CHAT);
    await commands.executeCommand(OPEN_CHAT, { query: prompt, isPartialQuery: true, mode: 'agent' });
    return true;
  } catch {
    // It is there in name alone: the same as not being there.
    return false;
  }
}

async function save(target: RelayTarget): Promise<Acted> {
  const name = `handoff-${new Date().toISOString().slice(0, 10)}.md`;
  const uri = await window.showSaveDialog({
    filters: { Markdown: ['md'] },
    title: l10n.t('Save the Hand-off'),
    ...(target.root === undefined ? {} : { defaultUri: Uri.joinPath(Uri.file(target.root), name) }),
  });
  if (uri === undefined) return CANCELLED;
  return take(target, async (prompt) => {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(prompt));
    return l10n.t('Saved as {0}.', workspace.asRelativePath(uri));
  });
}
