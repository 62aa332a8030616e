import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { withEdit, withOwnWords, withoutEdit } from './curate.ts';
import { compare } from './diff-lines.ts';
import { diffView } from './diff-view.ts';
import { itemView } from './item-view.ts';
import { toggled } from './model.ts';
import type { ShownSection } from './shown.ts';
import type { Ui } from './ui.ts';

/** What is under a section when it is unfolded: its items, or the text that a person wrote in their place. */
export function sectionBody(ui: Ui, section: ShownSection): TemplateResult {
  const editing = section.edited || ui.model.editing.includes(section.id);
  return html`<div class="body" id="body-${section.id}">
    ${section.newer === undefined ? nothing : newerNotice(ui, section, section.newer)}
    ${editing ? editor(ui, section) : items(ui, section)}
  </div>`;
}

function items(ui: Ui, section: ShownSection): TemplateResult {
  const begin = (): void => ui.arrange({ editing: toggled(ui.model.editing, section.id, true) }, `text:${section.id}`);
  return html`${
    section.items.length === 0
      ? html`<p class="hint">${ui.say('empty')}</p>`
      : html`<ul class="items" aria-label=${section.title}>
          ${repeat(
            section.items,
            ({ id }) => id,
            (item) => itemView(ui, item),
          )}
        </ul>`
  }
  <vscode-button secondary icon="edit" data-focus="edit:${section.id}" @click=${begin}>${ui.say('edit')}</vscode-button>`;
}

function editor(ui: Ui, section: ShownSection): TemplateResult {
  const { id } = section;
  const type = (event: Event): void => {
    const { value } = event.currentTarget as HTMLElementTagNameMap['vscode-textarea'];
    ui.curate((curation) => withEdit(curation, id, value, section.basis), { typing: true });
  };
  return html`<p class="hint">${ui.say('editedItems')}</p>
    <vscode-textarea
      class="text"
      .label=${ui.say('editField', section.title)}
      .rows=${rowsFor(section.text)}
      .value=${live(section.text)}
      data-focus="text:${id}"
      @input=${type}
    ></vscode-textarea>
    ${section.edited ? resetter(ui, id) : leaver(ui, id)}`;
}

function resetter(ui: Ui, id: ShownSection['id']): TemplateResult {
  return html`<vscode-button
    secondary
    icon="discard"
    data-focus="reset:${id}"
    @click=${() => reset(ui, id)}
    >${ui.say('resetToGenerated')}</vscode-button
  >`;
}

/** Nothing was typed yet, so there is nothing to take back. */
function leaver(ui: Ui, id: ShownSection['id']): TemplateResult {
  return html`<vscode-button
    secondary
    data-focus="leave:${id}"
    @click=${() => ui.arrange({ editing: toggled(ui.model.editing, id, false) }, `edit:${id}`)}
    >${ui.say('editDone')}</vscode-button
  >`;
}

function reset(ui: Ui, id: ShownSection['id']): void {
  ui.arrange({
    editing: toggled(ui.model.editing, id, false),
    comparing: toggled(ui.model.comparing, id, false),
  });
  ui.curate((curation) => withoutEdit(curation, id), { focus: `section:${id}` });
}

function newerNotice(ui: Ui, section: ShownSection, newer: string): TemplateResult {
  const { id, basis, text } = section;
  const shown = ui.model.comparing.includes(id);
  return html`<div class="notice info">
    <vscode-icon name="info"></vscode-icon>
    <div>
      <p>${ui.say('newer')}</p>
      ${shown ? diffView(ui, compare(text, newer)) : nothing}
      <div class="links">
        <button
          class="link"
          aria-expanded=${shown}
          data-focus="compare:${id}"
          @click=${() => ui.arrange({ comparing: toggled(ui.model.comparing, id) })}
        >
          ${ui.say(shown ? 'hideChanged' : 'showChanged')}
        </button>
        <button class="link" data-focus="take:${id}" @click=${() => reset(ui, id)}>${ui.say('takeNew')}</button>
        <button
          class="link"
          data-focus="own:${id}"
          @click=${() => ui.curate((curation) => withOwnWords(curation, id, basis), { focus: `text:${id}` })}
        >
          ${ui.say('keepOwn')}
        </button>
      </div>
    </div>
  </div>`;
}

const FEWEST_ROWS = 4;
const MOST_ROWS = 30;
const ROW_LENGTH = 60;

function rowsFor(text: string): number {
  const rows = text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / ROW_LENGTH), 0);
  return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, rows + 1));
}
