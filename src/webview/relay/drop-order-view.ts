import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Curation, RelayView, SectionId } from '../../protocol/relay.ts';
import { withDropMoved } from './curate.ts';
import type { Ui } from './ui.ts';

/** What is given up first where there is no room; the order is the person's. */
export function dropOrderView(ui: Ui, view: RelayView, curation: Curation): TemplateResult {
  const open = ui.model.dropOrderOpen;
  return html`<div class="drop-order">
    <button
      class="unfold"
      aria-expanded=${open}
      aria-controls="drop-order"
      data-focus="drop-order"
      @click=${() => ui.arrange({ dropOrderOpen: !open })}
    >
      <vscode-icon name=${open ? 'chevron-down' : 'chevron-right'}></vscode-icon>
      <span class="name">${ui.say('dropOrder')}</span>
    </button>
    ${open ? listView(ui, view, curation) : nothing}
  </div>`;
}

function listView(ui: Ui, view: RelayView, { dropOrder }: Curation): TemplateResult {
  const titles = new Map(view.sections.map(({ id, title }) => [id, title]));
  const known = dropOrder.filter((id) => titles.has(id));
  return html`<div class="body" id="drop-order">
    <p class="hint">${ui.say('dropHint')}</p>
    <ol class="places" aria-label=${ui.say('dropOrder')}>
      ${repeat(
        known,
        (id) => id,
        (id, index) => placeView(ui, id, titles.get(id) ?? id, index, known.length),
      )}
    </ol>
  </div>`;
}

function placeView(ui: Ui, id: SectionId, title: string, index: number, of: number): TemplateResult {
  const move = (by: number, focus: string): void => {
    const to = Math.max(1, Math.min(of, index + 1 + by));
    ui.curate((curation) => withDropMoved(curation, id, by), { said: ui.say('dropMoved', title, to, of), focus });
  };
  const mover = (by: -1 | 1): TemplateResult => {
    const label = ui.say(by < 0 ? 'moveUp' : 'moveDown', title);
    const name = `drop:${id}:${by}`;
    const last = by < 0 ? index === 0 : index === of - 1;
    return html`<vscode-toolbar-button
      class=${last ? 'last' : ''}
      icon=${by < 0 ? 'arrow-up' : 'arrow-down'}
      label=${label}
      title=${label}
      data-focus=${name}
      @click=${() => move(by, name)}
    ></vscode-toolbar-button>`;
  };
  return html`<li><span class="number" aria-hidden="true">${index + 1}</span><span class="name">${title}</span>
    <span class="movers">${mover(-1)}${mover(1)}</span></li>`;
}
