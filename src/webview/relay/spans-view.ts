import { html, type TemplateResult } from 'lit';
import { parseSpans, type Span } from './blocks.ts';

/** Words and code apart, as text alone. */
export function spansView(text: string): readonly TemplateResult[] {
  return parseSpans(text).map(spanView);
}

function spanView({ kind, text }: Span): TemplateResult {
  if (kind === 'words') return html`${text}`;
  return kind === 'code' ? html`<code>${text}</code>` : html`<strong>${text}</strong>`;
}
