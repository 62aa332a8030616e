import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Curation, RelayView } from '../../protocol/relay.ts';
import { withMoved, withSwitch } from './curate.ts';
import { dragOf } from './drag.ts';
import { toggled } from './model.ts';
import { sectionBody } from './section-body.ts';
import { type ShownSection, shownSections } from './shown.ts';
import type { Ui } from './ui.ts';

/** The sections in the person's order: switched, moved and unfolded here. */
export function sectionsView(ui: Ui, view: RelayView, curation: Curation): TemplateResult {
  const sections = shownSections(view, curation);
  return html`<h2 id="sections">${ui.say('sections')}</h2>
    <ol class="sections" aria-labelledby="sections">
      ${repeat(
        sections,
        ({ id }) => id,
        (section) => sectionView(ui, section),
      )}
    </ol>`;
}

function sectionView(ui: Ui, section: ShownSection): TemplateResult {
  const open = ui.model.open.includes(section.id);
  const drag = dragOf(ui, section.id);
  const byKey = (event: KeyboardEvent): void => {
    const by = event.altKey ? ({ ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0) : 0;
    if (by === 0) return;
    event.preventDefault();
    move(ui, section, by);
  };
  return html`<li class="section ${section.on ? '' : 'off'}" @dragover=${drag.over} @dragleave=${drag.leave} @drop=${drag.drop}>
    <div class="row" @keydown=${byKey}>
      <span class="grip" draggable="true" title=${ui.say('dragToMove')} @dragstart=${drag.start} aria-hidden="true">
        <vscode-icon name="gripper"></vscode-icon>
      </span>
      ${unfolder(ui, section, open)} ${movers(ui, section)} ${switchOf(ui, section)}
    </div>
    ${open ? sectionBody(ui, section) : nothing}
  </li>`;
}

function unfolder(ui: Ui, section: ShownSection, open: boolean): TemplateResult {
  const unfold = (): void => ui.arrange({ open: toggled(ui.model.open, section.id) });
  return html`<button
    class="unfold"
    aria-expanded=${open}
    aria-controls="body-${section.id}"
    data-focus="section:${section.id}"
    @click=${unfold}
  >
    <vscode-icon name=${open ? 'chevron-down' : 'chevron-right'}></vscode-icon>
    <span class="name">${section.title}</span>
    <span class="marks">${marksOf(ui, section)}</span>
  </button>`;
}

/** In words, and few of them: what one wants to know of a section without unfolding it. */
function marksOf(ui: Ui, section: ShownSection): string {
  const leftOut = section.items.filter(({ kept }) => !kept).length;
  return [
    section.on ? ui.say('tokens', ui.figure(section.tokens)) : ui.say('off'),
    section.edited ? ui.say('edited') : '',
    !section.edited && leftOut > 0 ? ui.say('itemsLeftOut', ui.figure(leftOut)) : '',
    section.on && section.dropped > 0 ? ui.say('droppedCount', ui.figure(section.dropped)) : '',
  ]
    .filter((mark) => mark !== '')
    .join(' · ');
}

function movers(ui: Ui, section: ShownSection): TemplateResult {
  const mover = (by: -1 | 1): TemplateResult => {
    const label = ui.say(by < 0 ? 'moveUp' : 'moveDown', section.title);
    const last = by < 0 ? section.place === 1 : section.place === section.of;
    return html`<vscode-toolbar-button
      class=${last ? 'last' : ''}
      icon=${by < 0 ? 'arrow-up' : 'arrow-down'}
      label=${label}
      title=${label}
      data-focus="move:${section.id}:${by}"
      @click=${() => move(ui, section, by, `move:${section.id}:${by}`)}
    ></vscode-toolbar-button>`;
  };
  return html`<span class="movers">${mover(-1)}${mover(1)}</span>`;
}

function move(ui: Ui, { id, title, place, of }: ShownSection, by: number, focus = `section:${id}`): void {
  const to = Math.max(1, Math.min(of, place + by));
  ui.curate((curation) => withMoved(curation, id, by), { said: ui.say('moved', title, to, of), focus });
}

function switchOf(ui: Ui, { id, title, on }: ShownSection): TemplateResult {
  return html`<vscode-checkbox
    toggle
    .checked=${on}
    data-focus="switch:${id}"
    @change=${() => ui.curate((curation) => withSwitch(curation, id, !on))}
    ><span class="hidden">${ui.say('switchSection', title)}</span></vscode-checkbox
  >`;
}
