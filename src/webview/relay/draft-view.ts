import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Curation, RelayView } from '../../protocol/relay.ts';
import { spansView } from './spans-view.ts';
import type { Ui } from './ui.ts';

/** The present session's own words: asked for, pasted, and held against what the harness knows. */
export function draftView(ui: Ui, view: RelayView, { draft }: Curation): TemplateResult {
  const type = (event: Event): void => {
    const { value } = event.currentTarget as HTMLElementTagNameMap['vscode-textarea'];
    ui.curate((curation) => ({ ...curation, draft: value }), { typing: true });
  };
  return html`<p class="hint">${ui.say('askExplained')}</p>
    <vscode-button secondary icon="question" data-focus="ask" @click=${() => ui.act('ask')}
      >${ui.say('askSession')}</vscode-button
    >
    <vscode-textarea
      class="text"
      .label=${ui.say('draftField')}
      .rows=${14}
      placeholder=${ui.say('draftHint')}
      .value=${live(draft)}
      data-focus="draft"
      @input=${type}
    ></vscode-textarea>
    ${claimsView(ui, view)}`;
}

function claimsView(ui: Ui, view: RelayView): TemplateResult | typeof nothing {
  const claims = view.sections.flatMap(({ items }) => items).filter(({ contradicted }) => contradicted !== undefined);
  if (claims.length === 0) return nothing;
  return html`<div class="notice warning" role="status">
    <vscode-icon name="warning"></vscode-icon>
    <div>
      <p>${ui.say('claimsContradicted', ui.figure(claims.length))}</p>
      <ul class="claims">
        ${claims.map(({ text, contradicted }) => html`<li>${spansView(text)}<div class="against">${spansView(contradicted ?? '')}</div></li>`)}
      </ul>
    </div>
  </div>`;
}
