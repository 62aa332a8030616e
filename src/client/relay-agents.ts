import { commands, l10n, ThemeIcon, window } from 'vscode';
import { z } from 'zod';
import { agentArguments } from './relay-agent-args.ts';
import { findProgram } from './relay-find-program.ts';
import { writePromptFile } from './relay-prompt-file.ts';
import { type Acted, CANCELLED, type RelayTarget, type Take } from './relay-target.ts';
import { problemOfTrust } from './relay-trust.ts';
import { relayAgents } from './settings.ts';

const agentsSchema = z.array(z.object({ name: z.string().min(1), command: z.array(z.string().min(1)).min(1) }));

interface FoundAgent {
  readonly name: string;
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
}

/** A terminal whose process is the agent itself: no shell reads the prompt. */
export async function openAgent({ root }: RelayTarget, take: Take): Promise<Acted> {
  const untrusted = await problemOfTrust();
  if (untrusted !== undefined) return { problem: untrusted };
  const agent = await pickAgent();
  if ('text' in agent || 'problem' in agent) return agent;
  return take(async (prompt) => {
    if (root !== undefined) await startAgent(agent, root, prompt);
    return l10n.t('{0} was started with the prompt.', agent.name);
  });
}

async function startAgent({ name, program, args }: FoundAgent, root: string, prompt: string): Promise<void> {
  await writePromptFile(root, prompt);
  const terminal = window.createTerminal({
    name,
    shellPath: program,
    shellArgs: agentArguments(args, prompt, process.platform, program),
    cwd: root,
    iconPath: new ThemeIcon('sparkle'),
  });
  terminal.show();
}

async function pickAgent(): Promise<FoundAgent | Acted> {
  const parsed = agentsSchema.safeParse(relayAgents());
  if (!parsed.success) return wrongSetting(l10n.t('The setting downforce.relay.agents cannot be read.'));
  const looked = parsed.data;
  const found = (await Promise.all(looked.map(({ name, command }) => find(name, command)))).flat();
  const names = looked.map(({ name }) => name).join(', ');
  const [first] = found;
  if (first === undefined) return wrongSetting(l10n.t('No agent was found on the PATH. Looked for: {0}.', names));
  if (found.length === 1) return first;
  const items = found.map((agent) => ({ label: agent.name, description: agent.program, agent }));
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Which agent?') });
  return picked?.agent ?? CANCELLED;
}

async function find(name: string, [program = '', ...args]: readonly string[]): Promise<readonly FoundAgent[]> {
  const path = await findProgram(program);
  return path === undefined ? [] : [{ name, program: path, args }];
}

function wrongSetting(message: string): Acted {
  const open = l10n.t('Open Settings');
  window.showWarningMessage(message, open).then(
    (picked) =>
      picked === open ? commands.executeCommand('workbench.action.openSettings', 'downforce.relay.agents') : undefined,
    () => undefined,
  );
  const hint = l10n.t('The setting downforce.relay.agents names them.');
  return { problem: { code: 'relay/no-agent', message, hint } };
}
