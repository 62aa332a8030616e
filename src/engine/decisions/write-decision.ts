import { ExpectedError } from '../errors.ts';
import type { DecisionPlace } from './places.ts';
import { recordOf } from './write-record.ts';

export interface NewDecision {
  readonly text: string;
  /** Ids; empty where it governs all. */
  readonly scopes: readonly string[];
  /** `2026-11-21`. */
  readonly date: string;
}

/** A file to be written: whole, or only where there is none of that name. */
export interface DecisionFile {
  /** Relative to the root. */
  readonly file: string;
  readonly content: string;
  readonly fresh: boolean;
}

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

/** Title and body of what is to be written. */
export interface SaidDecision extends NewDecision {
  readonly title: string;
  readonly body: string;
}

function entryOf({ date, title, body, scopes }: SaidDecision): string {
  const text = body === '' ? '' : `\n${withoutHeadings(body)}\n`;
  return `## ${date}: ${title.replace(/^#+\s*/, '')}\n\n${governsLine(scopes)}\n${text}`;
}

export function governsLine(scopes: readonly string[]): string {
  return `Governs: ${scopes.length === 0 ? 'everything' : scopes.map((scope) => `\`${scope}\``).join(', ')}`;
}

/** What would begin another entry is text. */
export function withoutHeadings(body: string): string {
  return body.replace(/^(\s{0,3})(#{1,6}\s)/gm, '$1\\$2');
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
