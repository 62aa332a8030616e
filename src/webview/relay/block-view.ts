import { html, type TemplateResult } from 'lit';
import type { Block } from './blocks.ts';
import { spansView } from './spans-view.ts';

/** Headings of the page come before those of the prompt. */
export function blockView(block: Block): TemplateResult {
  switch (block.kind) {
    case 'heading': {
      const level = Math.min(6, block.level + 1);
      return html`<div class="heading h${block.level}" role="heading" aria-level=${level}>${spansView(block.text)}</div>`;
    }
    case 'item':
      return html`<div class="bullet depth${Math.min(3, block.depth)}">
        <span class="dot" aria-hidden="true">${block.mark}</span><span>${spansView(block.text)}</span>
      </div>`;
    case 'code':
      return html`<pre tabindex="0">${block.text}</pre>`;
    case 'quote':
      return html`<blockquote>${spansView(block.text)}</blockquote>`;
    case 'text':
      return html`<p>${spansView(block.text)}</p>`;
    default:
      return block satisfies never;
  }
}
