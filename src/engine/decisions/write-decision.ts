import { ExpectedError } from '../errors.ts';
import {
  type DecisionFile,
  governsLine,
  type NewDecision,
  type SaidDecision,
  withoutHeadings,
} from './new-decision.ts';
import type { DecisionPlace } from './places.ts';
import { recordOf } from './write-record.ts';

const MAX_TEXT = 20_000;
const HEADER =
  '# Decisions\n\nWhat was decided, why, and what it governs; `downforce decide` appends to it, and it is shown where its scopes are touched.\n';

/**
 * The decision as its place wants it.
 * @param read text of a file as it stands; undefined where there is none.
 * @throws ExpectedError where there is nothing to write down.
 */
export function decisionFile(
  decision: NewDecision,
  place: DecisionPlace,
  read: (file: string) => string | undefined,
): DecisionFile {
  const text = plainText(decision.text);
  if (text === '') throw new ExpectedError('decide/empty', 'There is no decision in an empty text.', EXAMPLE);
  if (text.length > MAX_TEXT)
    throw new ExpectedError(
      'decide/long',
      `A decision of ${text.length} characters is a document.`,
      'Write that by itself, and decide in a few lines that it holds.',
    );
  const [title = '', ...rest] = text.split('\n');
  const said = { ...decision, title: title.trim(), body: rest.join('\n').trim() };
  if (place.kind === 'folder') return recordOf(said, place, read);
  const before = read(place.file);
  return { file: place.file, content: appended(before, entryOf(said)), fresh: before === undefined };
}

export const EXAMPLE =
  'For example: downforce decide "The parser stays hand-written: generators were 3 times slower" --scope core';

function entryOf({ date, title, body, scopes }: SaidDecision): string {
  const text = body === '' ? '' : `\n${withoutHeadings(body)}\n`;
  return `## ${date}: ${title.replace(/^#+\s*/, '')}\n\n${governsLine(scopes)}\n${text}`;
}

/** Line ends as the file has them. */
function appended(before: string | undefined, entry: string): string {
  if (before === undefined || before.trim() === '') return `${HEADER}\n${entry}`;
  const crlf = /\r\n/.test(before);
  const gap = before.endsWith('\n') ? (/\n\r?\n$/.test(before) ? '' : '\n') : '\n\n';
  return before + (crlf ? `${gap}${entry}`.replaceAll('\n', '\r\n') : `${gap}${entry}`);
}

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function plainText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(CONTROL, '')
    .trim();
}
