import type { Tree } from '../ports.ts';
import type { PlanItem } from './facts.ts';

const USUAL = [
  'PLAN.md',
  'TODO.md',
  'docs/plan.md',
  'docs/PLAN.md',
  'docs/todo.md',
  'docs/TODO.md',
  'plan.md',
  'todo.md',
];
const MAX_BYTES = 512 * 1024;

/** Open items (`- [ ]`) of the plan files there are; of the configured one alone where there is one. */
export function openPlanItems(tree: Tree, configured: string | undefined): readonly PlanItem[] {
  const files = configured === undefined ? USUAL : [configured.replace(/^(\.\/)+/, '')];
  const seen = new Set<string>();
  return files.flatMap((file) => {
    const text = tree.read(file, MAX_BYTES);
    const known = tree.digest(file) ?? file;
    // On a file system that takes no notice of case two names may be one file.
    if (text === undefined || seen.has(known)) return [];
    seen.add(known);
    return itemsOf(file, text);
  });
}

/** Of a line without blanks at its ends: looked for here they would be counted anew from each of them. */
const OPEN = /^(?:[-*+]|\d+[.)])\s+\[ \]\s+(.*)$/;
const FENCE = /^\s{0,3}(`{3,}|~{3,})/;

function itemsOf(file: string, text: string): readonly PlanItem[] {
  const items: PlanItem[] = [];
  let fence = '';
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    const mark = FENCE.exec(line)?.[1];
    if (fence === '' && mark !== undefined) fence = mark;
    else if (mark?.startsWith(fence) === true) fence = '';
    else if (fence === '') {
      const open = OPEN.exec(line.trim())?.[1];
      if (open !== undefined) items.push({ file, line: index + 1, text: open });
    }
  });
  return items;
}
