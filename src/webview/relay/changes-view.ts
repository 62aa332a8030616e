import { html, type TemplateResult } from 'lit';
import type { RelayView } from '../../protocol/relay.ts';
import { parseUnified } from './diff-lines.ts';
import { diffView } from './diff-view.ts';
import type { Ui } from './ui.ts';

/** What the next session would read otherwise than the last. */
export function changesView(ui: Ui, { diff, lastAt }: RelayView): TemplateResult {
  if (diff === undefined) return html`<p class="hint">${ui.say('changesNone')}</p>`;
  const since = ui.say('changesSince', lastAt === undefined ? '–' : ui.time(lastAt));
  if (diff.trim() === '') return html`<p class="hint">${since} ${ui.say('changesSame')}</p>`;
  return html`<p class="hint">${since}</p>
    ${diffView(ui, parseUnified(diff))}`;
}
