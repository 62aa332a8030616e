import { html, nothing, type TemplateResult } from 'lit';
import type { Origin, RenderedSection } from '../../protocol/relay.ts';
import { blockView } from './block-view.ts';
import { parseBlocks } from './blocks.ts';
import { withItem } from './curate.ts';
import { spansView } from './spans-view.ts';
import type { Ui } from './ui.ts';
import type { Word } from './words.ts';

type Item = RenderedSection['items'][number];

/** One thing that is said, where it is from, and what is to be known against it. */
export function itemView(ui: Ui, item: Item): TemplateResult {
  const { id, kept } = item;
  const [first = '', ...more] = item.text.split('\n');
  return html`<li class="item ${kept && !item.dropped ? '' : 'out'}">
    <vscode-checkbox
      .checked=${kept}
      data-focus="item:${id}"
      @change=${() => ui.curate((curation) => withItem(curation, id, !kept))}
      ><span class="hidden">${ui.say('itemKeep')}</span> ${spansView(first)}</vscode-checkbox
    >
    ${more.length === 0 ? nothing : html`<div class="more">${parseBlocks(more.join('\n')).map(blockView)}</div>`}
    <div class="about">
      <span>${aboutOf(ui, item)}</span>
      ${item.stale ? mark('history', ui.say('stale')) : nothing}
      ${kept && item.dropped ? mark('fold-down', ui.say('dropped')) : nothing}
      ${item.contradicted === undefined ? nothing : mark('warning', againstOf(ui, item.contradicted), 'against')}
    </div>
  </li>`;
}

const ORIGINS: Readonly<Record<Origin, Word>> = {
  harness: 'originHarness',
  git: 'originGit',
  repository: 'originRepository',
  agent: 'originAgent',
};

function aboutOf(ui: Ui, { origin, tree }: Item): string {
  const from = ui.say(ORIGINS[origin]);
  return tree === undefined ? from : `${from} · ${ui.say('treeOf', tree)}`;
}

/** What is only not known says so itself. */
function againstOf(ui: Ui, known: string): string {
  return known.startsWith('not verified') ? known : ui.say('contradicted', known);
}

function mark(icon: string, text: string, kind = ''): TemplateResult {
  return html`<span class="mark ${kind}"><vscode-icon name=${icon} size="14"></vscode-icon><span>${spansView(text)}</span></span>`;
}
