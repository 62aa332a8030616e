import {
  commands,
  type Disposable,
  Range as EditorRange,
  env,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from 'vscode';
import { Cancel, type DiagnosticData, Explain, type FolderState, GetPrompt, Run, type Stage } from '../protocol/lsp.ts';
import { askForWaiver } from './ask-for-waiver.ts';
import type { FolderStates } from './folder-states.ts';
import type { GateNode } from './gate-view.ts';
import type { HarnessClient } from './harness-client.ts';
import { COMMANDS, VIEWS } from './ids.ts';
import type { MutantDocuments } from './mutant-documents.ts';
import { decide, generateHandoff } from './relay-commands.ts';
import type { RelayPanels } from './relay-panels.ts';
import {
  copyStreamPrompt,
  openStream,
  pickPlan,
  refreshStreams,
  removeStream,
  showCollision,
  startStream,
} from './streams-commands.ts';
import type { StreamsModel } from './streams-model.ts';
import type { StreamNode } from './streams-nodes.ts';
import { STAGE_WORDS } from './words.ts';

export interface CommandDeps {
  readonly client: HarnessClient;
  readonly states: FolderStates;
  readonly mutants: MutantDocuments;
  readonly relay: RelayPanels;
  readonly streams: StreamsModel;
  showOutput(): void;
}

type Handler = (...args: never[]) => unknown;

/** Registers every command; what may fail says so and names the way out. */
export function registerCommands(deps: CommandDeps): Disposable[] {
  const handlers: Readonly<Record<keyof typeof COMMANDS, Handler>> = {
    runLoop: (node?: GateNode) => run(deps, 'loop', node),
    runMutate: (node?: GateNode) => run(deps, 'mutate', node),
    runGate: (node?: GateNode) => run(deps, 'gate', node),
    cancel: () => each(deps, ({ uri }) => deps.client.ask(Cancel, { uri })),
    pause: () => each(deps, ({ uri }) => deps.client.pause(uri, true)),
    resume: () => each(deps, ({ uri }) => deps.client.pause(uri, false)),
    showOutput: () => deps.showOutput(),
    showStatus: () => commands.executeCommand(`${VIEWS.gate}.focus`),
    openConfig: () => openConfig(deps, undefined),
    restartServer: () => deps.client.restart(),
    showMutant: (target: Target) => onMutant(deps, target, (state, id) => deps.mutants.show(state.uri, id, state.root)),
    runMutant: (target: Target) => onMutant(deps, target, (state, id) => ask(deps, state, 'mutate', [id])),
    runCheck: (node?: GateNode) => runCheck(deps, node),
    copyPrompt: (target: Target) => onPrompt(deps, target, copy),
    askForTest: (target: Target) => onPrompt(deps, target, openChat),
    goToTests: (target: Target) => onMutant(deps, target, goToTests),
    goToRule: (target: Target) => openConfig(deps, target, 'boundaries'),
    explainFinding: (target: Target) => explain(deps, target),
    waive: (target: Target) => waive(deps, target),
    openWalkthrough: () =>
      commands.executeCommand('workbench.action.openWalkthrough', 'downforce.downforce#start', false),
    generateHandoff: (node?: GateNode) => generateHandoff(deps.relay, folderOf(node)),
    decide: (node?: GateNode) => decide(deps.client, deps.states, folderOf(node)),
    pickPlan: (node?: StreamNode) => pickPlan(deps, node),
    refreshStreams: () => refreshStreams(deps),
    startStream: (node?: StreamNode) => startStream(deps, node),
    openStream: (node?: StreamNode) => openStream(deps, node),
    copyStreamPrompt: (node?: StreamNode) => copyStreamPrompt(deps, node),
    removeStream: (node?: StreamNode) => removeStream(deps, node),
    showCollision: (node?: StreamNode) => showCollision(deps, node),
  };
  return Object.entries(handlers).map(([name, handler]) =>
    commands.registerCommand(COMMANDS[name as keyof typeof COMMANDS], handler),
  );
}

/** What a command is called on: a diagnostic's data, a tree node, or nothing from the palette. */
type Target = DiagnosticData | GateNode | undefined;

/** The folder that a command was called on, where it was. */
function folderOf(node: GateNode | undefined): string | undefined {
  return node !== undefined && 'state' in node ? node.state.uri : undefined;
}

async function each(deps: CommandDeps, action: (state: FolderState) => Promise<unknown>): Promise<void> {
  await Promise.all(deps.states.all().map(action));
}

async function pickFolder({ states }: CommandDeps, node: Target): Promise<FolderState | undefined> {
  if (node !== undefined && 'state' in node) return node.state;
  if (node !== undefined && 'folder' in node) return states.get(node.folder);
  const all = states.all().filter(({ problem }) => problem === undefined);
  if (all.length <= 1) {
    if (all.length === 0) void window.showInformationMessage(nothingToRun(states.all()));
    return all[0];
  }
  const picked = await window.showQuickPick(
    all.map((state) => ({ label: state.name, description: state.root, state })),
    { placeHolder: l10n.t('Which folder?') },
  );
  return picked?.state;
}

function nothingToRun(states: readonly FolderState[]): string {
  const [first] = states;
  if (first?.problem === undefined) return l10n.t('Open a folder with a git repository first.');
  return `${first.problem.message} ${first.problem.hint}`;
}

async function run(deps: CommandDeps, stage: Stage, node: GateNode | undefined): Promise<void> {
  if (!workspace.isTrusted && stage !== 'loop') {
    const manage = l10n.t('Manage Trust');
    const text = l10n.t('Running tests runs code of this repository: trust the workspace first.');
    if ((await window.showWarningMessage(text, manage)) === manage)
      await commands.executeCommand('workbench.trust.manage');
    return;
  }
  const state = await pickFolder(deps, node);
  if (state !== undefined) await ask(deps, state, stage, []);
}

async function runCheck(deps: CommandDeps, node: GateNode | undefined): Promise<void> {
  if (node?.kind === 'check')
    await ask(
      deps,
      node.state,
      node.check.id === 'mutation' ? 'mutate' : 'loop',
      node.check.id === 'mutation' ? [] : [node.check.id],
    );
}

async function ask(
  { client }: CommandDeps,
  { uri, name }: FolderState,
  stage: Stage,
  only: readonly string[],
): Promise<void> {
  const title = l10n.t('Downforce: {0} of {1}', STAGE_WORDS[stage], name);
  await window.withProgress({ location: ProgressLocation.Window, title, cancellable: true }, async (_, token) => {
    token.onCancellationRequested(() => void client.ask(Cancel, { uri }));
    const { problem } = await client.ask(Run, { uri, stage, only });
    if (problem !== undefined) void window.showWarningMessage(`${problem.message} ${problem.hint}`);
  });
}

async function onMutant(
  deps: CommandDeps,
  target: Target,
  action: (state: FolderState, id: string) => unknown,
): Promise<void> {
  const id = mutantOf(target);
  const state = await pickFolder(deps, target);
  if (state === undefined) return;
  const known = id ?? (await pickMutant(state));
  if (known !== undefined) await action(state, known);
}

function mutantOf(target: Target): string | undefined {
  if (target === undefined) return undefined;
  if ('mutant' in target) return target.mutant;
  const id = 'finding' in target ? target.finding.data?.['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

async function pickMutant(state: FolderState): Promise<string | undefined> {
  const open = state.mutants.filter(({ status }) => status === 'survived' || status === 'no-coverage');
  if (open.length === 0) {
    void window.showInformationMessage(l10n.t('No mutant survived.'));
    return undefined;
  }
  const items = open.map(({ id, original, replacement, path, range }) => ({
    label: `${original.trim()} → ${replacement.trim()}`,
    description: `${path}:${range.start.line}`,
    id,
  }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Which mutant?') }))?.id;
}

async function onPrompt(deps: CommandDeps, target: Target, action: (prompt: string) => Promise<void>): Promise<void> {
  await onMutant(deps, target, async (state, id) => {
    const told = await deps.client.ask(GetPrompt, { uri: state.uri, id });
    if (told !== null) await action(told.prompt);
  });
}

async function copy(prompt: string): Promise<void> {
  await env.clipboard.writeText(prompt);
  window.setStatusBarMessage(l10n.t('Prompt copied: paste it into your agent.'), 5000);
}

/** Chat commands are no API: where they are missing the clipboard has to do. */
async function openChat(prompt: string): Promise<void> {
  try {
    await commands.executeCommand('workbench.action.chat.open', { query: prompt, isPartialQuery: true, mode: 'agent' });
  } catch {
    await copy(prompt);
  }
}

async function goToTests(state: FolderState, id: string): Promise<void> {
  const mutant = state.mutants.find((candidate) => candidate.id === id);
  const tests = mutant?.coveredBy.filter(({ file }) => file !== '') ?? [];
  if (tests.length === 0) {
    void window.showInformationMessage(l10n.t('No test runs this line.'));
    return;
  }
  const items = tests.map(({ file, name }) => ({ label: name, description: file, file }));
  const picked =
    items.length === 1 ? items[0] : await window.showQuickPick(items, { placeHolder: l10n.t('Which test?') });
  if (picked !== undefined) await openTest(Uri.joinPath(Uri.file(state.root), picked.file), picked.label);
}

/** At the place where the last part of the test's name stands. */
async function openTest(uri: Uri, name: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const last = name.split(/ > |::/).at(-1) ?? name;
  const at = document.getText().indexOf(last);
  const place = document.positionAt(Math.max(0, at));
  await window.showTextDocument(document, { selection: new EditorRange(place, place) });
}

async function openConfig(deps: CommandDeps, target: Target, word?: string): Promise<void> {
  const root = await pickRoot(deps, target);
  if (root === undefined) return;
  const uri = Uri.joinPath(root, 'downforce.jsonc');
  const exists = await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const create = l10n.t('Create');
    const text = l10n.t('There is no downforce.jsonc yet: everything is detected. Create one to configure it?');
    if ((await window.showInformationMessage(text, create)) !== create) return;
    await workspace.fs.writeFile(
      uri,
      new TextEncoder().encode(
        '{\n  "$schema": "https://raw.githubusercontent.com/downforce/downforce/main/schema/downforce.schema.json"\n}\n',
      ),
    );
  }
  const document = await workspace.openTextDocument(uri);
  const at = word === undefined ? 0 : Math.max(0, document.getText().indexOf(`"${word}"`));
  const place = document.positionAt(at);
  await window.showTextDocument(document, { selection: new EditorRange(place, place) });
}

/** Also of a folder of which nothing can be judged: that may be what its configuration is opened for. */
async function pickRoot(deps: CommandDeps, target: Target): Promise<Uri | undefined> {
  const [only, ...more] = deps.states.all();
  const state = only !== undefined && more.length === 0 ? only : await pickFolder(deps, target);
  if (state === undefined) return undefined;
  return state.root === '' ? Uri.parse(state.uri) : Uri.file(state.root);
}

async function explain(deps: CommandDeps, target: Target): Promise<void> {
  const code = codeOf(target);
  const state = await pickFolder(deps, target);
  if (code === undefined || state === undefined) return;
  const { text } = await deps.client.ask(Explain, { uri: state.uri, what: code });
  await deps.mutants.explain(code, text);
}

function codeOf(target: Target): string | undefined {
  if (target === undefined) return undefined;
  return 'code' in target ? target.code : 'finding' in target ? target.finding.code : undefined;
}

async function waive(deps: CommandDeps, target: Target): Promise<void> {
  const id = mutantOf(target) ?? fingerprintOf(target);
  const state = await pickFolder(deps, target);
  const known = state === undefined ? undefined : (id ?? (await pickMutant(state)));
  if (state !== undefined && known !== undefined) await askForWaiver(deps.client, state, known);
}

function fingerprintOf(target: Target): string | undefined {
  if (target === undefined) return undefined;
  return 'fingerprint' in target ? target.fingerprint : 'finding' in target ? target.finding.fingerprint : undefined;
}
