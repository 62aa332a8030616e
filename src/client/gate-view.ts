import {
  type Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { Finding } from '../protocol/finding.ts';
import { type CheckState, type FolderState, STAGES, type Stage, type StageState } from '../protocol/lsp.ts';
import type { FolderStates } from './folder-states.ts';
import { openAt } from './places.ts';
import { ago, STAGE_WORDS, seconds, severityWord, statusWord } from './words.ts';

export type GateNode =
  | { readonly kind: 'folder'; readonly state: FolderState }
  | { readonly kind: 'stage'; readonly state: FolderState; readonly stage: Stage }
  | { readonly kind: 'check'; readonly state: FolderState; readonly stage: Stage; readonly check: CheckState }
  | { readonly kind: 'finding'; readonly state: FolderState; readonly finding: Finding }
  | { readonly kind: 'note'; readonly text: string };

/** The three stages, under them their checks, under those what they found. */
export class GateView implements TreeDataProvider<GateNode>, Disposable {
  readonly #states: FolderStates;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listener: Disposable;

  constructor(states: FolderStates) {
    this.#states = states;
    this.#listener = states.onDidChange(() => this.#changed.fire(undefined));
  }

  getChildren(node?: GateNode): GateNode[] {
    if (node === undefined) return this.#roots();
    switch (node.kind) {
      case 'folder':
        return stagesOf(node.state);
      case 'stage':
        return checksOf(node.state, node.stage);
      case 'check':
        return findingsOf(node.state, node.check);
      default:
        return [];
    }
  }

  getTreeItem(node: GateNode): TreeItem {
    switch (node.kind) {
      case 'folder':
        return folderItem(node.state);
      case 'stage':
        return stageItem(node.state, node.stage);
      case 'check':
        return checkItem(node.state, node.stage, node.check);
      case 'finding':
        return findingItem(node.state, node.finding);
      case 'note':
        return new TreeItem(node.text);
      default:
        return node satisfies never;
    }
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  /** Folders only where there are several; none where there is nothing but a problem, for which the welcome text is. */
  #roots(): GateNode[] {
    const states = this.#states.all().filter((state) => state.problem === undefined);
    const [only] = states;
    if (states.length > 1) return states.map((state) => ({ kind: 'folder', state }));
    return only === undefined ? [] : stagesOf(only);
  }
}

function stagesOf(state: FolderState): GateNode[] {
  return STAGES.map((stage) => ({ kind: 'stage', state, stage }));
}

const ORDER: readonly CheckState['status'][] = [
  'running',
  'fail',
  'error',
  'timeout',
  'cancelled',
  'waiting',
  'deferred',
  'pass',
  'skipped',
];

function checksOf(state: FolderState, stage: Stage): GateNode[] {
  const { checks } = state.stages[stage];
  const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  return sorted.map((check) => ({ kind: 'check', state, stage, check }));
}

function findingsOf(state: FolderState, check: CheckState): GateNode[] {
  const nodes: GateNode[] = check.findings.map((finding) => ({ kind: 'finding', state, finding }));
  if (check.omittedFindings > 0)
    nodes.push({ kind: 'note', text: l10n.t('and {0} more: see .downforce/reports', check.omittedFindings) });
  return nodes;
}

function folderItem(state: FolderState): TreeItem {
  const item = new TreeItem(state.name, TreeItemCollapsibleState.Expanded);
  item.iconPath = ThemeIcon.Folder;
  item.contextValue = 'folder';
  if (state.blocking > 0) item.description = l10n.t('{0} blocking', state.blocking);
  return item;
}

function stageItem(state: FolderState, stage: Stage): TreeItem {
  const told = state.stages[stage];
  const open = told.status === 'failed' || told.status === 'error' || told.status === 'running';
  const some = told.checks.length > 0;
  const collapsible = !some
    ? TreeItemCollapsibleState.None
    : open
      ? TreeItemCollapsibleState.Expanded
      : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(STAGE_WORDS[stage], collapsible);
  // The editor remembers by id what is folded; a stage that fails opens all the same.
  item.id = `${state.uri}#${stage}#${open}`;
  item.description = describeStage(told, state);
  item.iconPath = stageIcon(told);
  item.contextValue = told.status === 'running' ? `stage.${stage}.running` : `stage.${stage}`;
  item.tooltip = stageTooltip(told, state);
  item.accessibilityInformation = { label: `${STAGE_WORDS[stage]}, ${statusWord(told.status)}, ${item.description}` };
  return item;
}

function describeStage(told: StageState, state: FolderState): string {
  if (!state.trusted && told.status === 'never') return l10n.t('needs a trusted workspace');
  if (told.status === 'never') return told.summary === '' ? l10n.t('not run yet') : told.summary;
  if (told.status === 'running') {
    const { progress } = told;
    return progress === undefined ? l10n.t('running …') : l10n.t('running, {0} of {1}', progress.done, progress.total);
  }
  const parts = [
    told.status === 'stale' ? l10n.t('files changed since') : told.summary,
    seconds(told.durationMs),
    ago(told.at),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function stageTooltip(told: StageState, state: FolderState): MarkdownString {
  const text = new MarkdownString();
  text.appendText(`${statusWord(told.status)}: ${told.summary}\n`);
  if (told.tree !== undefined) text.appendText(l10n.t('True of tree {0}', told.tree));
  if (state.base !== undefined)
    text.appendText(`\n${l10n.t('{0} changed files since {1}', state.changedFiles, state.base)}`);
  if (told.problem !== undefined) text.appendText(`\n${told.problem.message}\n${told.problem.hint}`);
  return text;
}

function stageIcon({ status }: StageState): ThemeIcon {
  switch (status) {
    case 'running':
      return new ThemeIcon('loading~spin');
    case 'passed':
      return new ThemeIcon('pass-filled', new ThemeColor('testing.iconPassed'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
    case 'error':
      return new ThemeIcon('warning', new ThemeColor('testing.iconErrored'));
    case 'stale':
      return new ThemeIcon('history', new ThemeColor('testing.iconSkipped'));
    case 'off':
      return new ThemeIcon('circle-slash');
    case 'never':
      return new ThemeIcon('circle-large-outline');
    default:
      return status satisfies never;
  }
}

const CHECK_ICONS: Readonly<Record<CheckState['status'], readonly [icon: string, color?: string]>> = {
  running: ['loading~spin'],
  waiting: ['watch'],
  pass: ['pass', 'testing.iconPassed'],
  fail: ['error', 'testing.iconFailed'],
  error: ['warning', 'testing.iconErrored'],
  timeout: ['clock', 'testing.iconErrored'],
  deferred: ['debug-step-over', 'testing.iconQueued'],
  skipped: ['circle-slash', 'testing.iconSkipped'],
  cancelled: ['stop-circle', 'testing.iconSkipped'],
};

function checkItem(state: FolderState, stage: Stage, check: CheckState): TreeItem {
  const some = check.findings.length > 0;
  const item = new TreeItem(check.id, some ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = `${state.uri}#${stage}#${check.id}`;
  const [icon, color] = CHECK_ICONS[check.status];
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  const count = check.findings.length + check.omittedFindings;
  const found = !some ? '' : count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
  const known = check.cached ? l10n.t('as before') : seconds(check.durationMs);
  item.description = [statusWord(check.status), found, check.reason ?? '', known]
    .filter((part) => part !== '')
    .join(' · ');
  item.contextValue = check.status === 'running' ? 'check.running' : 'check';
  item.tooltip = check.reason ?? check.id;
  item.accessibilityInformation = { label: `${check.id}, ${item.description}` };
  return item;
}

export function findingItem(state: FolderState, finding: Finding): TreeItem {
  const item = new TreeItem(finding.message);
  const place = finding.range === undefined ? finding.path : `${finding.path}:${finding.range.start.line}`;
  item.description = place;
  item.tooltip = finding.because === undefined ? finding.message : `${finding.message}\n\n${finding.because}`;
  const icons = { error: 'error', warning: 'warning', info: 'info' } as const;
  item.iconPath = new ThemeIcon(
    icons[finding.severity],
    new ThemeColor(`list.${finding.severity === 'error' ? 'error' : 'warning'}Foreground`),
  );
  item.accessibilityInformation = { label: `${severityWord(finding.severity)}: ${finding.message}, ${place}` };
  item.contextValue = finding.code.startsWith('mutant/') ? 'finding.mutant' : 'finding';
  if (finding.path !== '') {
    const uri = Uri.joinPath(Uri.file(state.root), finding.path);
    item.resourceUri = uri;
    item.command = openAt(uri, finding.range);
  }
  return item;
}
