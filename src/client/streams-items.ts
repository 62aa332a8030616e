import { basename } from 'node:path';
import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { FolderState } from '../protocol/lsp.ts';
import type { Collision, Overlap, PlannedStream, StreamPlan, StreamState, StreamStatus } from '../protocol/streams.ts';
import { openAt } from './places.ts';
import type { StreamNode } from './streams-nodes.ts';
import { ago } from './words.ts';

const { Collapsed, Expanded, None } = TreeItemCollapsibleState;

export function itemOf(node: StreamNode): TreeItem {
  switch (node.kind) {
    case 'folder': {
      const item = new TreeItem(node.folder.state.name, Expanded);
      item.iconPath = ThemeIcon.Folder;
      return item;
    }
    case 'collision':
      return collisionItem(node.state, node.collision);
    case 'file':
      return fileItem(node.state, node.path);
    case 'started':
      return startedItem(node.state, node.stream);
    case 'plan':
      return planItem(node.state, node.plan);
    case 'batch':
      return batchItem(node.index, node.plan.batches[node.index] ?? [], node.state);
    case 'planned':
      return plannedItem(node);
    case 'overlap':
      return overlapItem(node.overlap, node.other);
    case 'plan-problem':
      return problemItem(node);
    case 'note': {
      const item = new TreeItem(node.text);
      item.tooltip = node.hint;
      item.iconPath = new ThemeIcon('warning');
      return item;
    }
    default:
      return node satisfies never;
  }
}

function collisionItem(state: FolderState, collision: Collision): TreeItem {
  const { a, b, kind, files, text } = collision;
  const words = {
    text: l10n.t('would conflict'),
    meaning: l10n.t('changed export is used'),
    file: l10n.t('same file'),
  };
  const item = new TreeItem(`${a} ↔ ${b}`, Collapsed);
  item.id = `${state.uri}#collision#${kind}#${a}#${b}#${files.join()}`;
  item.description = [words[kind], l10n.t('{0} files', files.length)].join(' · ');
  item.tooltip = text;
  const color = kind === 'file' ? 'list.warningForeground' : 'list.errorForeground';
  item.iconPath = new ThemeIcon(kind === 'meaning' ? 'references' : 'git-merge', new ThemeColor(color));
  item.contextValue = 'stream.collision';
  item.accessibilityInformation = { label: text };
  return item;
}

function fileItem(state: FolderState, path: string): TreeItem {
  const uri = Uri.joinPath(Uri.file(state.root), path);
  const item = new TreeItem(path);
  item.resourceUri = uri;
  item.iconPath = ThemeIcon.File;
  item.command = openAt(uri, undefined);
  return item;
}

const STATUS_ICONS: Readonly<Record<StreamStatus, readonly [icon: string, color?: string]>> = {
  'setting-up': ['loading~spin'],
  idle: ['circle-large-outline'],
  working: ['edit'],
  red: ['error', 'testing.iconFailed'],
  conflict: ['git-merge', 'list.errorForeground'],
  ready: ['pass-filled', 'testing.iconPassed'],
  gone: ['circle-slash'],
};

/** In words, so that nothing is said by colour alone. */
function wordOf(status: StreamStatus): string {
  const words: Readonly<Record<StreamStatus, string>> = {
    'setting-up': l10n.t('setting up'),
    idle: l10n.t('nothing changed yet'),
    working: l10n.t('working'),
    red: l10n.t('failed'),
    conflict: l10n.t('in conflict'),
    ready: l10n.t('ready to merge'),
    gone: l10n.t('working tree is gone'),
  };
  return words[status];
}

function startedItem(state: FolderState, stream: StreamState): TreeItem {
  const item = new TreeItem(stream.title);
  item.id = `${state.uri}#started#${stream.id}`;
  item.description = describe(stream);
  item.iconPath = statusIcon(stream.status);
  const here = stream.worktree === state.root;
  item.contextValue = here ? 'stream.here' : stream.status === 'gone' ? 'stream.gone' : 'stream.started';
  item.tooltip = startedTooltip(stream);
  item.accessibilityInformation = { label: [stream.title, item.description, stream.says].join(', ') };
  return item;
}

function statusIcon(status: StreamStatus): ThemeIcon {
  const [icon, color] = STATUS_ICONS[status];
  return new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
}

function describe({ status, ahead, behind, dirtyFiles, loop }: StreamState): string {
  const verdict =
    loop === undefined
      ? ''
      : loop.stale
        ? l10n.t('loop out of date')
        : loop.ok
          ? l10n.t('loop green')
          : l10n.t('loop red');
  const counts = ahead + behind > 0 ? `↑${ahead} ↓${behind}` : '';
  const open = dirtyFiles > 0 ? l10n.t('{0} not committed', dirtyFiles) : '';
  return [wordOf(status), counts, open, verdict].filter((part) => part !== '').join(' · ');
}

function startedTooltip(stream: StreamState): MarkdownString {
  const text = new MarkdownString();
  text.appendText(`${stream.says}\n`);
  text.appendText(l10n.t('Branch {0} in {1}', stream.branch, stream.worktree));
  if (stream.loop !== undefined) text.appendText(`\n${stream.loop.summary}, ${ago(stream.loop.at)}`);
  if (stream.touchedAt !== undefined) text.appendText(`\n${l10n.t('Last change: {0}', ago(stream.touchedAt))}`);
  return text;
}

function planItem(state: FolderState, plan: StreamPlan): TreeItem {
  const item = new TreeItem(basename(plan.file), Expanded);
  item.id = `${state.uri}#plan#${plan.file}`;
  item.description = l10n.t('{0} streams, {1} batches', plan.streams.length, plan.batches.length);
  item.iconPath = new ThemeIcon('checklist');
  item.tooltip = plan.file;
  item.contextValue = 'stream.plan';
  return item;
}

function batchItem(index: number, ids: readonly string[], state: FolderState): TreeItem {
  const item = new TreeItem(l10n.t('Batch {0}', index + 1), Expanded);
  item.id = `${state.uri}#batch#${index}`;
  if (ids.length > 1) item.description = l10n.t('side by side');
  item.iconPath = new ThemeIcon('layers');
  return item;
}

function plannedItem({ state, stream, plan, started }: Extract<StreamNode, { kind: 'planned' }>): TreeItem {
  const meets = plan.overlaps.some(({ a, b }) => a === stream.id || b === stream.id);
  const item = new TreeItem(stream.title, meets ? Collapsed : None);
  item.id = `${state.uri}#planned#${stream.id}`;
  item.description = started === undefined ? touched(stream) : describe(started);
  item.iconPath = started === undefined ? new ThemeIcon('git-branch') : statusIcon(started.status);
  item.contextValue =
    started === undefined ? 'stream.planned' : started.status === 'gone' ? 'stream.gone' : 'stream.running';
  item.tooltip = plannedTooltip(stream);
  const start = { line: stream.line, column: 1 };
  item.command = openAt(planUri(state, plan), { start, end: start });
  item.accessibilityInformation = { label: `${stream.title}, ${item.description}` };
  return item;
}

function touched({ footprint: { files, fresh } }: PlannedStream): string {
  const count = files.length + fresh.length;
  if (count === 0) return l10n.t('touches: not known');
  return count === 1 ? l10n.t('touches 1 file') : l10n.t('touches {0} files', count);
}

const MAX_LISTED = 12;

function plannedTooltip({ title, footprint }: PlannedStream): MarkdownString {
  const { files, fresh, reaches, because } = footprint;
  const text = new MarkdownString();
  const all = [...files, ...fresh];
  text.appendText(`${title}\n`);
  for (const path of all.slice(0, MAX_LISTED)) text.appendText(`${path}\n`);
  if (all.length > MAX_LISTED) text.appendText(`${l10n.t('and {0} more', all.length - MAX_LISTED)}\n`);
  if (reaches.length > 0) text.appendText(`${l10n.t('{0} more files may depend on these', reaches.length)}\n`);
  for (const reason of because.slice(0, MAX_LISTED)) text.appendText(`${reason}\n`);
  return text;
}

function overlapItem({ kind, text }: Overlap, other: string): TreeItem {
  const words = {
    'same-file': l10n.t('both change the same files'),
    'export-used': l10n.t('one uses what the other changes'),
    order: l10n.t('one comes after the other'),
    unknown: l10n.t('not known what it touches'),
  };
  const item = new TreeItem(other);
  item.description = words[kind];
  item.tooltip = text;
  item.iconPath = new ThemeIcon(kind === 'order' ? 'arrow-right' : 'warning');
  item.accessibilityInformation = { label: text };
  return item;
}

function problemItem({ state, plan, problem }: Extract<StreamNode, { kind: 'plan-problem' }>): TreeItem {
  const item = new TreeItem(problem.message);
  item.description = `${basename(plan.file)}:${problem.line}`;
  item.tooltip = problem.message;
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  const start = { line: problem.line, column: 1 };
  item.command = openAt(planUri(state, plan), { start, end: start });
  return item;
}

/** A plan elsewhere is named by its whole path. */
export function planUri(state: FolderState, plan: Pick<StreamPlan, 'file'>): Uri {
  const absolute = /^([\\/]|[A-Za-z]:)/.test(plan.file);
  return absolute ? Uri.file(plan.file) : Uri.joinPath(Uri.file(state.root), plan.file);
}
