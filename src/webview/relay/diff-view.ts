import { html, type TemplateResult } from 'lit';
import type { DiffLine } from './diff-lines.ts';
import type { Ui } from './ui.ts';

/** Every line has its sign in text, and in words for who does not see it. */
export function diffView(ui: Ui, lines: readonly DiffLine[]): TemplateResult {
  return html`<div class="diff" role="list">${lines.map((line) => lineView(ui, line))}</div>`;
}

function lineView(ui: Ui, { kind, text }: DiffLine): TemplateResult {
  if (kind === 'place') return html`<div class="line place" role="listitem">${text}</div>`;
  const signs = { added: '+', removed: '-', same: ' ' } as const;
  const spoken = { added: ui.say('diffAdded'), removed: ui.say('diffRemoved'), same: '' } as const;
  return html`<div class="line ${kind}" role="listitem"><span class="hidden">${spoken[kind]}</span><span class="sign" aria-hidden="true">${signs[kind]}</span><span class="words">${text}</span></div>`;
}
