import {
  type Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import { type FolderState, STAGES } from '../protocol/lsp.ts';
import type { FolderStates } from './folder-states.ts';
import { COMMANDS } from './ids.ts';
import { clientSettings } from './settings.ts';
import { ago, STAGE_WORDS, statusWord } from './words.ts';

/** The state of all folders in one glance: the worst of them speaks. */
export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #states: FolderStates;
  readonly #listener: Disposable;

  constructor(states: FolderStates) {
    this.#states = states;
    this.#item = window.createStatusBarItem('downforce.status', StatusBarAlignment.Left, 40);
    this.#item.name = 'Downforce';
    this.#item.command = COMMANDS.showStatus;
    this.#listener = states.onDidChange(() => this.update());
    this.update();
  }

  update(): void {
    const states = this.#states.all();
    if (!clientSettings().statusBar || states.length === 0) {
      this.#item.hide();
      return;
    }
    const { text, label, background } = glance(states);
    this.#item.text = text;
    this.#item.backgroundColor = background === undefined ? undefined : new ThemeColor(background);
    this.#item.tooltip = tooltip(states);
    this.#item.accessibilityInformation = { label: `Downforce: ${label}` };
    this.#item.show();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#item.dispose();
  }
}

interface Glance {
  readonly text: string;
  readonly label: string;
  readonly background?: string;
}

function glance(states: readonly FolderState[]): Glance {
  const blocking = states.reduce((sum, state) => sum + state.blocking, 0);
  const stages = states.flatMap((state) => Object.values(state.stages));
  const said = (icon: string, label: string, background?: string): Glance => ({
    text: `$(${icon}) ${label}`,
    label,
    ...(background === undefined ? {} : { background }),
  });
  const running = stages.find(({ status }) => status === 'running');
  if (running !== undefined) {
    const { progress } = running;
    return said(
      'loading~spin',
      progress === undefined ? l10n.t('checking …') : l10n.t('checking {0}/{1}', progress.done, progress.total),
    );
  }
  if (states.every(({ problem }) => problem !== undefined))
    return said('circle-slash', l10n.t('Downforce: nothing to check'));
  if (states.some(({ paused }) => paused)) return said('debug-pause', l10n.t('paused'));
  if (blocking > 0) return said('error', l10n.t('{0} blocking', blocking), 'statusBarItem.errorBackground');
  if (stages.some(({ status }) => status === 'failed'))
    return said('error', l10n.t('failed'), 'statusBarItem.errorBackground');
  if (stages.some(({ status }) => status === 'error'))
    return said('warning', l10n.t('could not judge'), 'statusBarItem.warningBackground');
  if (stages.some(({ status }) => status === 'stale')) return said('history', l10n.t('out of date'));
  // Of what may not be run nothing is known.
  if (states.some(({ trusted, problem }) => !trusted && problem === undefined))
    return said('shield', l10n.t('guards alone'));
  if (stages.some(({ status }) => status === 'passed')) return said('pass', l10n.t('floor holds'));
  return said('circle-large-outline', 'Downforce');
}

function tooltip(states: readonly FolderState[]): MarkdownString {
  const text = new MarkdownString();
  for (const state of states) {
    text.appendText(`${state.name}\n`);
    if (state.problem !== undefined) text.appendText(`${state.problem.message} ${state.problem.hint}\n`);
    for (const stage of STAGES) {
      const { status, summary, at } = state.stages[stage];
      if (status !== 'never') text.appendText(`${STAGE_WORDS[stage]}: ${statusWord(status)} ${summary} ${ago(at)}\n`);
    }
  }
  return text;
}
