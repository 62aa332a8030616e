import type { RelayItem } from '../../protocol/relay.ts';
import type { Made } from './facts.ts';

/** What may not be given up for the budget. */
export const ESSENTIAL = 100;

type Given = Pick<RelayItem, 'id' | 'text' | 'weight'> & Partial<RelayItem>;

/** Of the harness and of no one tree, but for what is given. */
export function item(given: Given): RelayItem {
  return { origin: 'harness', tree: undefined, stale: false, contradicted: undefined, ...given };
}

/** As a hand-off says of which tree a run was. */
export function whenOf(
  { command, at, tree, stale, beside }: Made,
  moment: (iso: string | undefined) => string,
): string {
  const time = moment(at);
  const when = time === '' ? '' : ` at ${time}`;
  if (!stale)
    return `\`downforce ${command}\`${when}, on this tree${beside ? ' but for files that no check reads' : ''}`;
  return `\`downforce ${command}\`${when}, on ${tree === undefined ? 'a tree it does not name' : `an earlier tree (${tree})`}`;
}
