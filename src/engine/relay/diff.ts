import { createTwoFilesPatch } from 'diff';
import type { LastHandoff } from './state.ts';

const MAX_EDITS = 4000;

/** Unified diff against what was taken last; empty where nothing differs. */
export function diffOf({ markdown: before, at }: LastHandoff, markdown: string): string {
  if (before === markdown) return '';
  const options = { context: 2, maxEditLength: MAX_EDITS };
  const patch = createTwoFilesPatch('last hand-off', 'this hand-off', before, markdown, at, '', options);
  if (patch !== undefined) return patch.replace(/^=+\n/, '');
  // Nothing alike in them: then all of the one goes and all of the other comes.
  return `--- last hand-off\t${at}\n+++ this hand-off\n${signed('-', before)}\n${signed('+', markdown)}\n`;
}

function signed(sign: string, text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${sign}${line}`)
    .join('\n');
}
