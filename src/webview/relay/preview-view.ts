import { html, type TemplateResult } from 'lit';
import type { RelayView } from '../../protocol/relay.ts';
import { blockView } from './block-view.ts';
import { parseBlocks } from './blocks.ts';

/** The prompt as it will be handed over. */
export function previewView({ markdown }: RelayView): TemplateResult {
  return html`<article class="preview">${parseBlocks(markdown).map(blockView)}</article>`;
}
