import { html, nothing, type TemplateResult } from 'lit';
import type { Curation, RelayView } from '../../protocol/relay.ts';
import { type Fit, fitOf } from './shown.ts';
import type { Ui } from './ui.ts';

/** What was done without being asked: left out for the budget, taken out as a secret. */
export function noticesView(ui: Ui, view: RelayView, curation: Curation): TemplateResult {
  const fit = fitOf(view, curation);
  return html`${fit.over > 0 || fit.dropped.length > 0 ? budgetNotice(ui, fit) : nothing}
  ${view.redactions.length > 0 ? redactionNotice(ui, view) : nothing}`;
}

function budgetNotice(ui: Ui, fit: Fit): TemplateResult {
  const parts = fit.dropped.map(({ title, count }) => ui.say('budgetDroppedPart', ui.figure(count), title));
  const lines = [
    fit.over > 0 ? ui.say('budgetOver', ui.figure(fit.over)) : '',
    parts.length > 0 ? ui.say('budgetDropped', parts.join(', ')) : '',
    fit.next === undefined ? '' : ui.say('budgetNext', fit.next),
  ].filter((line) => line !== '');
  return html`<div class="notice ${fit.over > 0 ? 'warning' : 'info'}" id="budget-notice">
    <vscode-icon name=${fit.over > 0 ? 'warning' : 'info'}></vscode-icon>
    <p>
      ${lines.join(' ')}
      <button class="link" data-focus="to-drop-order" @click=${() => ui.arrange({ dropOrderOpen: true }, 'drop-order')}>
        ${ui.say('dropOrder')}
      </button>
    </p>
  </div>`;
}

function redactionNotice(ui: Ui, { redactions, sections }: RelayView): TemplateResult {
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  const parts = redactions.map(({ kind, section, count }) =>
    ui.say('redactedPart', ui.figure(count), kind, titles.get(section) ?? section),
  );
  return html`<div class="notice info">
    <vscode-icon name="shield"></vscode-icon>
    <p>${ui.say('redacted', parts.join(', '))}</p>
  </div>`;
}
