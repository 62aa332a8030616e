import type { RelayItem } from '../../protocol/relay.ts';
import type { Digest } from '../ports.ts';
import { cut } from '../text.ts';
import { type Answer, judgeClaims } from './claims.ts';
import type { RelayFacts } from './facts.ts';
import { item } from './item.ts';
import { flat, visible } from './quote.ts';

const MAX_ITEMS = 60;
const MAX_TEXT = 600;
export const MAX_DRAFT = 100_000;

/** The session's own words as items of the hand-off, each held against what the harness knows. */
export function draftItems(draft: string, facts: RelayFacts, digest: Digest): readonly RelayItem[] {
  const all = linesOf(visible(draft.slice(0, MAX_DRAFT)));
  const shown = all
    .slice(0, MAX_ITEMS)
    .map(({ heading, text }, index) => draftItem(heading, text, index, facts, digest));
  const rest = all.length - shown.length;
  if (rest <= 0) return shown;
  const text = `${rest} more things that the session said were left out.`;
  return [...shown, item({ id: 'draft:more', origin: 'agent', weight: 20, text })];
}

interface DraftLine {
  readonly heading: string;
  readonly text: string;
}

/** Bullets and paragraphs, each with the heading it stands below. */
function linesOf(draft: string): readonly DraftLine[] {
  const lines: { heading: string; text: string }[] = [];
  let heading = '';
  let open = false;
  for (const raw of draft.split('\n')) {
    const line = raw.trim();
    const title = /^#{1,6}\s+(.*\S)/.exec(line)?.[1] ?? /^\*\*([^*]+?):?\*\*:?$/.exec(line)?.[1];
    const bullet = /^(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(.*\S)/.exec(line)?.[1];
    const last = lines.at(-1);
    if (line === '' || /^(?:`{3,}|~{3,}|-{3,}|\*{3,})/.test(line)) open = false;
    else if (title !== undefined) {
      heading = title.replace(/[:.]+$/, '');
      open = false;
    } else if (bullet !== undefined || !open || last === undefined) {
      lines.push({ heading, text: bullet ?? line });
      open = true;
    } else last.text += ` ${line}`;
  }
  return lines;
}

function draftItem(heading: string, text: string, index: number, facts: RelayFacts, digest: Digest): RelayItem {
  const answers = judgeClaims(flat(text), facts);
  const under = heading === '' ? '' : ` (${said(heading, 60)})`;
  const agreed = toldOf(answers, ['agreed']);
  const contradicted = toldOf(answers, ['contradicted']);
  const open = toldOf(answers, ['unverified', 'unknowable']);
  const against = [contradicted, open === '' ? '' : `not verified: ${open}`].filter((part) => part !== '').join('; ');
  return item({
    id: `draft:${digest(`${heading}\0${text}`).slice(0, 10)}`,
    origin: 'agent',
    weight: contradicted === '' ? 75 - Math.min(30, index / 2) : 90,
    text: `The session says${under}: “${said(text, MAX_TEXT)}”${agreed === '' ? '' : ` [the harness agrees: ${agreed}]`}`,
    contradicted: against === '' ? undefined : against,
  });
}

/** Of several claims in a line each is named with its answer. */
function toldOf(all: ReturnType<typeof judgeClaims>, kinds: readonly Answer['kind'][]): string {
  const told = all.filter(({ kind }) => kinds.includes(kind));
  return told.map(({ claim, text }) => (all.length > 1 ? `“${said(claim, 60)}”: ${text}` : text)).join('; ');
}

/** An agent's words, from which nothing of a structure is taken: no markup, links or code that is left open. */
function said(text: string, max: number): string {
  const line = cut(flat(text), max)
    .replace(/[“”]/g, '"')
    .replace(/!\[/g, '[')
    .replaceAll('<', '‹')
    .replace(/`{2,}/g, "'");
  const even = (line.match(/`/g)?.length ?? 0) % 2 === 0;
  return even ? line : line.replaceAll('`', "'");
}
