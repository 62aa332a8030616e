import type { Node } from 'jsonc-parser';
import type { Range } from '../../protocol/finding.ts';
import { type Waiver, waiversSchema } from '../../protocol/waivers.ts';
import { readJsonc } from '../config/read-jsonc.ts';
import { positionAt } from '../text.ts';
import { WAIVERS_FILE } from './waivers-name.ts';

/** A waiver with its place in the file. */
export interface PlacedWaiver {
  readonly waiver: Waiver;
  readonly range: Range;
}

/**
 * Reads `downforce.waivers.jsonc`.
 * @throws ExpectedError naming every mistake with its place.
 */
export function parseWaivers(text: string): readonly PlacedWaiver[] {
  const hint = `Mend ${WAIVERS_FILE}, or remove the entry; \`downforce waive\` writes them.`;
  const { data, tree } = readJsonc({ text, name: WAIVERS_FILE, noun: 'the file', hint }, waiversSchema);
  const json = text.replace(/^\uFEFF/, '');
  const nodes = entriesOf(tree);
  return data.waivers.map((waiver, index) => {
    const { offset, length } = nodes[index] ?? { offset: 0, length: 0 };
    return { waiver, range: { start: positionAt(json, offset), end: positionAt(json, offset + length) } };
  });
}

function entriesOf(tree: Node): readonly Node[] {
  const property = tree.children?.find((child) => child.children?.[0]?.value === 'waivers');
  return property?.children?.[1]?.children ?? [];
}
