import { type ExtensionContext, l10n, type TreeView, window, workspace } from 'vscode';
import type { FolderState } from '../protocol/lsp.ts';
import { registerCommands } from './commands.ts';
import { trackEmptyState } from './empty-state.ts';
import { FindingsView } from './findings-view.ts';
import { FolderStates } from './folder-states.ts';
import { type GateNode, GateView } from './gate-view.ts';
import { HarnessClient } from './harness-client.ts';
import { VIEWS } from './ids.ts';
import { InlineText } from './inline-text.ts';
import { MutantDocuments } from './mutant-documents.ts';
import { RelayPanels } from './relay-panels.ts';
import { StatusBar } from './status-bar.ts';
import { StreamsModel } from './streams-model.ts';
import { showStreams } from './streams-view.ts';
import { TestingView } from './testing-view.ts';

/** What other extensions, and the tests, may look at. */
export interface DownforceApi {
  /** The newest state of a workspace folder; undefined until the server has told one. */
  state(folder: string): FolderState | undefined;
}

/** Constructs, registers, and lets the server start by itself. */
export function activate(context: ExtensionContext): DownforceApi {
  const log = window.createOutputChannel('Downforce', { log: true });
  const states = new FolderStates();
  const client = new HarnessClient(
    context,
    log,
    (state) => states.set(state),
    () => states.clear(),
  );
  const mutants = new MutantDocuments(client);
  const gate = new GateView(states);
  const findings = new FindingsView(states);
  const tree = window.createTreeView(VIEWS.gate, { treeDataProvider: gate, showCollapseAll: true });
  const bar = new StatusBar(states);
  const inline = new InlineText(states);
  const relay = new RelayPanels({ extensionUri: context.extensionUri, client, states });
  const streams = new StreamsModel(states, client, context.workspaceState);
  context.subscriptions.push(
    log,
    states,
    client,
    mutants,
    gate,
    findings,
    tree,
    bar,
    inline,
    relay,
    streams,
    ...showStreams(streams, client),
    new TestingView(states, client),
    window.createTreeView(VIEWS.findings, { treeDataProvider: findings, showCollapseAll: true }),
    trackEmptyState(states),
    states.onDidChange(() => {
      showBadge(tree, states);
      tree.message = missingTests(states) ?? '';
    }),
    ...registerCommands({ client, states, mutants, relay, streams, showOutput: () => log.show() }),
    workspace.onDidGrantWorkspaceTrust(() => client.sendOptions()),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('downforce')) return;
      client.sendOptions();
      bar.update();
      inline.update();
    }),
    workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const { uri } of removed) states.remove(uri.toString());
    }),
    // Files that an agent changed while the window was in the background.
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) client.lookAgain();
    }),
  );
  client.start().catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  return { state: (folder) => states.get(folder) };
}

/** What the harness can do without tests is little: that is worth a word above the stages. */
function missingTests(states: FolderStates): string | undefined {
  const names = states
    .all()
    .filter(({ tests }) => tests === 0)
    .map(({ name }) => name);
  if (names.length === 0) return undefined;
  return l10n.t(
    'No tests were found in {0}: nothing tells what a change breaks. Add a test runner, or name its command under "checks" in downforce.jsonc.',
    names.join(', '),
  );
}

function showBadge(tree: TreeView<GateNode>, states: FolderStates): void {
  const blocking = states.all().reduce((sum, state) => sum + state.blocking, 0);
  tree.badge = blocking === 0 ? undefined : { value: blocking, tooltip: l10n.t('Downforce: {0} blocking', blocking) };
}
