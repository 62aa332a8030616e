import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Curation, RelayAction, RelayView } from '../../protocol/relay.ts';
import { parseBudget } from './curate.ts';
import { noticesView } from './notices-view.ts';
import { fitOf } from './shown.ts';
import type { Ui } from './ui.ts';
import type { Word } from './words.ts';

/** What it is of, what may be done with it, and how much room it takes. */
export function headerView(ui: Ui, view: RelayView, curation: Curation): TemplateResult {
  return html`<header>
    <div class="title">
      <h1>${ui.say('title')}</h1>
      <span class="place">${placeOf(ui, view)}</span>
      ${budgetView(ui, view, curation)}
      <vscode-toolbar-button
        class=${ui.model.busy ? 'busy' : ''}
        icon="refresh"
        label=${ui.say('refresh')}
        title=${ui.say('refresh')}
        data-focus="refresh"
        @click=${ui.refresh}
      ></vscode-toolbar-button>
    </div>
    <div class="actions">
      ${ACTIONS.map(([action, icon, word]) => actionView(ui, action, icon, word))}
      <p class="said" role="status" aria-live="polite" title=${ui.model.said}>${ui.model.said}</p>
    </div>
    ${noticesView(ui, view, curation)}
  </header>`;
}

const ACTIONS: readonly (readonly [action: RelayAction, icon: string, word: Word])[] = [
  ['copy', 'copy', 'actionCopy'],
  ['chat', 'comment-discussion', 'actionChat'],
  ['terminal', 'terminal', 'actionTerminal'],
  ['save', 'save-as', 'actionSave'],
  ['worktree', 'git-branch', 'actionWorktree'],
];

function actionView(ui: Ui, action: RelayAction, icon: string, word: Word): TemplateResult {
  return html`<vscode-button
    icon=${icon}
    ?secondary=${action !== 'copy'}
    data-focus="action:${action}"
    @click=${() => ui.act(action)}
    >${ui.say(word)}</vscode-button
  >`;
}

function placeOf(ui: Ui, { handoff }: RelayView): string {
  const branch = handoff.branch ?? ui.say('detached');
  const head = handoff.head?.slice(0, 7) ?? '–';
  return `${ui.say('branchAt', branch, head)} · ${ui.say('treeOf', handoff.tree)} · ${ui.time(handoff.at)}`;
}

function budgetView(ui: Ui, view: RelayView, curation: Curation): TemplateResult {
  const { tokens, budget, percent, over } = fitOf(view, curation);
  const inWords = ui.say('tokensOf', ui.figure(tokens), ui.figure(budget));
  return html`<div class="budget ${over > 0 ? 'over' : ''}">
    <span aria-live="polite">${over > 0 ? html`<vscode-icon name="warning"></vscode-icon>` : nothing}${inWords}</span>
    <div
      class="meter"
      role="meter"
      aria-label=${ui.say('budgetMeter')}
      aria-valuemin="0"
      aria-valuemax=${budget}
      aria-valuenow=${Math.min(tokens, budget)}
      aria-valuetext=${inWords}
    >
      ${bar(percent)}
    </div>
    <label for="budget">${ui.say('budget')}</label>
    ${budgetField(ui, budget)}
  </div>`;
}

/** Drawn, since the page's policy lets no style stand in the markup. */
function bar(percent: number): TemplateResult {
  return html`<svg aria-hidden="true">${svg`<rect height="100%" width="${percent}%"></rect>`}</svg>`;
}

/** Nothing of what is typed is known before it is done: only another budget is put in its place, no drawing anew. */
function budgetField(ui: Ui, budget: number): TemplateResult {
  const take = (event: Event): void => {
    const field = event.currentTarget as HTMLElementTagNameMap['vscode-textfield'];
    const typed = parseBudget(field.value);
    if (typed === undefined) {
      field.value = String(budget);
      ui.arrange({ said: ui.say('budgetWrong') });
    } else if (typed !== budget) ui.curate((curation) => ({ ...curation, budget: typed }));
  };
  return html`<vscode-textfield
    id="budget"
    inputmode="numeric"
    .label=${ui.say('budget')}
    .value=${String(budget)}
    data-focus="budget"
    @change=${take}
  ></vscode-textfield>`;
}
