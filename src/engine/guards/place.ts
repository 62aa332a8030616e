import type { Range } from '../../protocol/finding.ts';
import { positionAt } from '../text.ts';

export function rangeOf(text: string, start: number, end: number): Range {
  return { start: positionAt(text, start), end: positionAt(text, end) };
}
