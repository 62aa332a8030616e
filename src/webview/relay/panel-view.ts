import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../protocol/lsp.ts';
import type { Curation, RelayView } from '../../protocol/relay.ts';
import { changesView } from './changes-view.ts';
import { draftView } from './draft-view.ts';
import { dropOrderView } from './drop-order-view.ts';
import { headerView } from './header-view.ts';
import { curationOf, TABS } from './model.ts';
import { previewView } from './preview-view.ts';
import { sectionsView } from './sections-view.ts';
import type { Ui } from './ui.ts';

/** The panel as a whole. */
export function panelView(ui: Ui): TemplateResult {
  const { view, problem, busy } = ui.model;
  const curation = curationOf(ui.model);
  return html`
    ${problem === undefined ? nothing : problemView(problem)}
    ${
      view === undefined || curation === undefined
        ? problem === undefined || busy
          ? html`<p class="loading" role="status">${ui.say('loading')}</p>`
          : nothing
        : handoffView(ui, view, curation)
    }
  `;
}

function problemView({ message, hint }: Problem): TemplateResult {
  return html`<div class="notice error" role="alert">
    <vscode-icon name="error"></vscode-icon><span>${message} ${hint}</span>
  </div>`;
}

function handoffView(ui: Ui, view: RelayView, curation: Curation): TemplateResult {
  return html`
    ${headerView(ui, view, curation)}
    <main>
      <div class="left" data-scroll="left">
        ${sectionsView(ui, view, curation)} ${dropOrderView(ui, view, curation)}
      </div>
      <div class="right">${tabsView(ui, view, curation)}</div>
    </main>
  `;
}

function tabsView(ui: Ui, view: RelayView, curation: Curation): TemplateResult {
  const selected = TABS.indexOf(ui.model.tab);
  const select = (event: CustomEvent<{ readonly selectedIndex: number }>): void => {
    const tab = TABS[event.detail.selectedIndex];
    if (tab !== undefined) ui.arrange({ tab });
  };
  return html`<vscode-tabs panel .selectedIndex=${selected} @vsc-tabs-select=${select} aria-label=${ui.say('tabs')}>
    <vscode-tab-header data-focus="tab:preview">${ui.say('tabPreview')}</vscode-tab-header>
    <vscode-tab-panel panel data-scroll="preview" data-focus="panel:preview">${previewView(view)}</vscode-tab-panel>
    <vscode-tab-header data-focus="tab:changes">${ui.say('tabChanges')}</vscode-tab-header>
    <vscode-tab-panel panel data-scroll="changes" data-focus="panel:changes">${changesView(ui, view)}</vscode-tab-panel>
    <vscode-tab-header data-focus="tab:draft">${ui.say('tabDraft')}</vscode-tab-header>
    <vscode-tab-panel panel data-scroll="draft" data-focus="panel:draft">${draftView(ui, view, curation)}</vscode-tab-panel>
  </vscode-tabs>`;
}
