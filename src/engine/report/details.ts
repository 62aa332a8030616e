import type { Finding } from '../../protocol/finding.ts';
import type { CheckOutcome } from '../checks/result.ts';
import { cut, oneLine } from '../text.ts';

/** UTF-16 units that one text may have where there are bounds. */
export const MAX_TEXT = 240;

/** `path:line:column text`, on one line. */
export function detailOf(finding: Finding): string {
  const { path, range, message, because } = finding;
  const at = range === undefined ? '' : `:${range.start.line}:${range.start.column}`;
  const place = path === '' ? '' : `${path}${at} `;
  const rule = finding.code.startsWith('test/') ? '' : ` [${finding.code.slice(finding.code.indexOf('/') + 1)}]`;
  const why = because === undefined ? '' : ` — ${because}`;
  return oneLine(`${place}${message}${rule}${why}`);
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** Errors first; within one severity in the order the tool gave them. */
export function findingsOf(outcome: CheckOutcome): readonly Finding[] {
  const findings = 'findings' in outcome ? outcome.findings : [];
  return [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** One line of at most 240 characters. */
export function bounded(text: string): string {
  return cut(oneLine(text), MAX_TEXT);
}

export function boundedDetail(finding: Finding): string {
  return cut(detailOf(finding), MAX_TEXT);
}

/** Every text of a flat object. */
export function boundedTexts<T extends Readonly<Record<string, string | undefined>>>(object: T): T {
  const entries = Object.entries(object).map(([key, text]) => [key, text === undefined ? text : bounded(text)]);
  return Object.fromEntries(entries);
}
