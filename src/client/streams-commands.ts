import { isAbsolute, relative, sep } from 'node:path';
import { commands, env, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { Problem } from '../protocol/lsp.ts';
import { GetStreamPrompt, RemoveStream, StartStream } from '../protocol/streams.ts';
import type { HarnessClient } from './harness-client.ts';
import { VIEWS } from './ids.ts';
import { showFiles } from './streams-collided.ts';
import type { FolderStreams, StreamsModel } from './streams-model.ts';
import type { StreamNode } from './streams-nodes.ts';

export interface StreamsDeps {
  readonly client: HarnessClient;
  readonly streams: StreamsModel;
}

/** One stream as a command is called on it: from the tree, or picked from a list. */
interface Chosen {
  readonly folder: FolderStreams;
  readonly id: string;
  readonly title: string;
  readonly plan: string | undefined;
  readonly worktree: string | undefined;
}

export async function pickPlan({ streams }: StreamsDeps, node: StreamNode | undefined): Promise<void> {
  const folder = await pickFolder(streams, node);
  if (folder === undefined) return;
  const found = await workspace.findFiles('**/*.{md,markdown}', '**/{node_modules,.git,.venv,target,dist}/**', 500);
  const root = folder.state.root;
  const paths = found.flatMap(({ fsPath }) => within(root, fsPath) ?? []).sort(plansFirst);
  const other = l10n.t('Another file…');
  const picked = await window.showQuickPick([...paths, other], {
    placeHolder: l10n.t('Which Markdown file names the streams?'),
  });
  if (picked === undefined) return;
  const plan = picked === other ? await askFile(root) : picked;
  if (plan === undefined) return;
  await streams.pickPlan(folder.state.uri, plan);
  await commands.executeCommand(`${VIEWS.streams}.focus`);
}

export async function refreshStreams({ streams }: StreamsDeps): Promise<void> {
  await window.withProgress({ location: { viewId: VIEWS.streams } }, () => streams.refresh());
}

export async function startStream(deps: StreamsDeps, node: StreamNode | undefined): Promise<void> {
  if (!workspace.isTrusted) {
    const manage = l10n.t('Manage Trust');
    const text = l10n.t('The set-up of a working tree runs code of this repository: trust the workspace first.');
    if ((await window.showWarningMessage(text, manage)) === manage)
      await commands.executeCommand('workbench.trust.manage');
    return;
  }
  const chosen = await choose(deps.streams, node, 'planned');
  if (chosen?.plan === undefined) return;
  const { folder, id, title, plan } = chosen;
  const location = { location: ProgressLocation.Notification, title: l10n.t('Making a working tree for {0} …', title) };
  const told = await window.withProgress(location, () =>
    deps.client.ask(StartStream, { uri: folder.state.uri, plan, id }),
  );
  await deps.streams.refresh();
  if ('problem' in told) return complain(told.problem);
  const open = l10n.t('Open in New Window');
  const copy = l10n.t('Copy Prompt');
  const ready = l10n.t('{0} is ready in {1}.', title, told.stream.worktree);
  const text = told.setup === undefined ? ready : `${ready} ${told.setup}`;
  const picked = await window.showInformationMessage(text, open, copy);
  if (picked === open) await openFolder(told.stream.worktree);
  if (picked === copy) await copyText(told.prompt);
}

export async function openStream({ streams }: StreamsDeps, node: StreamNode | undefined): Promise<void> {
  const chosen = await choose(streams, node, 'started');
  if (chosen?.worktree !== undefined) await openFolder(chosen.worktree);
}

export async function copyStreamPrompt({ client, streams }: StreamsDeps, node: StreamNode | undefined): Promise<void> {
  const chosen = await choose(streams, node, 'planned');
  if (chosen?.plan === undefined) return;
  const told = await client.ask(GetStreamPrompt, { uri: chosen.folder.state.uri, plan: chosen.plan, id: chosen.id });
  if ('problem' in told) return complain(told.problem);
  await copyText(told.prompt);
}

/** What would be lost is asked about first, a line each. */
export async function removeStream({ client, streams }: StreamsDeps, node: StreamNode | undefined): Promise<void> {
  const chosen = await choose(streams, node, 'started');
  if (chosen === undefined) return;
  const { folder, id, title } = chosen;
  const uri = folder.state.uri;
  const asked = await client.ask(RemoveStream, { uri, id, confirmed: false });
  if ('problem' in asked) return complain(asked.problem);
  if ('wouldLose' in asked) {
    const remove = l10n.t('Remove and Lose These');
    const question = l10n.t('Remove {0}? This would be lost:', title);
    const detail = asked.wouldLose.join('\n');
    if ((await window.showWarningMessage(question, { modal: true, detail }, remove)) !== remove) return;
    const told = await client.ask(RemoveStream, { uri, id, confirmed: true });
    if ('problem' in told) return complain(told.problem);
  }
  window.setStatusBarMessage(l10n.t('{0}: working tree and branch removed.', title), 5000);
  await streams.refresh();
}

export async function showCollision({ streams }: StreamsDeps, node: StreamNode | undefined): Promise<void> {
  if (node?.kind === 'collision') return showFiles(streams, node.state.uri, [node.collision]);
  const folder = await pickFolder(streams, node);
  if (folder === undefined) return;
  await streams.refresh();
  const collisions = streams.get(folder.state.uri)?.view?.collisions ?? [];
  if (collisions.length === 0) void window.showInformationMessage(l10n.t('No working trees collide.'));
  else await showFiles(streams, folder.state.uri, collisions);
}

async function pickFolder(streams: StreamsModel, node: StreamNode | undefined): Promise<FolderStreams | undefined> {
  if (node?.kind === 'folder') return node.folder;
  const uri = node !== undefined && 'state' in node ? node.state.uri : undefined;
  if (uri !== undefined) return streams.get(uri);
  if ((workspace.workspaceFolders ?? []).length > 0) await streams.ready();
  const all = streams.all();
  if (all.length === 0) void window.showInformationMessage(l10n.t('Open a folder with a git repository first.'));
  if (all.length <= 1) return all[0];
  const items = all.map((folder) => ({ label: folder.state.name, description: folder.state.root, folder }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which folder?') }))?.folder;
}

async function choose(
  streams: StreamsModel,
  node: StreamNode | undefined,
  wanted: 'planned' | 'started',
): Promise<Chosen | undefined> {
  const folder = await pickFolder(streams, node);
  if (folder === undefined) return undefined;
  if (node?.kind === 'started') return startedChoice(folder, node.stream);
  if (node?.kind === 'planned')
    return {
      folder,
      id: node.stream.id,
      title: node.stream.title,
      plan: node.plan.file,
      worktree: node.started?.worktree,
    };
  if (folder.view === undefined) await streams.refresh();
  const view = streams.get(folder.state.uri)?.view;
  const choices =
    wanted === 'started'
      ? (view?.streams ?? []).map((stream) => startedChoice(folder, stream))
      : plannedChoices(folder, view?.plan);
  if (choices.length === 0) {
    const text =
      wanted === 'started' ? l10n.t('No stream was started.') : l10n.t('Pick a plan first: it names the streams.');
    void window.showInformationMessage(text);
    return undefined;
  }
  const items = choices.map((choice) => ({ label: choice.title, description: choice.worktree ?? '', choice }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which stream?') }))?.choice;
}

type Started = NonNullable<FolderStreams['view']>['streams'][number];

function startedChoice(folder: FolderStreams, { id, title, plan, worktree }: Started): Chosen {
  return { folder, id, title, plan, worktree };
}

function plannedChoices(folder: FolderStreams, plan: NonNullable<FolderStreams['view']>['plan']): Chosen[] {
  return (plan?.streams ?? []).map(({ id, title }) => ({ folder, id, title, plan: plan?.file, worktree: undefined }));
}

async function askFile(root: string): Promise<string | undefined> {
  const [picked] =
    (await window.showOpenDialog({ defaultUri: Uri.file(root), filters: { Markdown: ['md', 'markdown'] } })) ?? [];
  return picked === undefined ? undefined : (within(root, picked.fsPath) ?? picked.fsPath);
}

function within(root: string, file: string): string | undefined {
  const path = relative(root, file);
  return path.startsWith('..') || isAbsolute(path) ? undefined : path.split(sep).join('/');
}

/** Those that are called a plan, then those nearest to the root. */
function plansFirst(a: string, b: string): number {
  const rank = (path: string): number => (/plan|streams?|todo|roadmap/i.test(path) ? 0 : 100) + path.split('/').length;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

async function openFolder(dir: string): Promise<void> {
  await commands.executeCommand('vscode.openFolder', Uri.file(dir), { forceNewWindow: true });
}

async function copyText(prompt: string): Promise<void> {
  await env.clipboard.writeText(prompt);
  window.setStatusBarMessage(l10n.t('Prompt copied: paste it into your agent.'), 5000);
}

function complain({ message, hint }: Problem): void {
  void window.showErrorMessage(`${message} ${hint}`);
}
