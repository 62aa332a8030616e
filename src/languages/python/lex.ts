/** Lexical primitives of Python: where names, blanks, comments and strings end. Offsets are UTF-16 indices. */

export const Kind = {
  other: 0,
  name: 1,
  blank: 2,
  quote: 3,
  hash: 4,
  open: 5,
  close: 6,
  newline: 7,
  join: 8,
  colon: 9,
} as const;

const TABLE = new Uint8Array(128);
const mark = (characters: string, kind: number): void => {
  for (const character of characters) TABLE[character.charCodeAt(0)] = kind;
};
mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789', Kind.name);
mark(' \t\f', Kind.blank);
mark('\'"', Kind.quote);
mark('#', Kind.hash);
mark('([{', Kind.open);
mark(')]}', Kind.close);
mark('\n\r', Kind.newline);
mark('\\', Kind.join);
mark(':;', Kind.colon);

const BACKSLASH = 92;
const LF = 10;
const CR = 13;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const COLON = 58;
/** CPython itself allows 150 levels of f-strings in f-strings; this bounds our recursion. */
const MAX_NESTING = 50;

/** Letters beyond ASCII count as parts of names. NaN, which is the end of the text, is `other`. */
export function kindOf(code: number): number {
  return code < 128 ? (TABLE[code] ?? 0) : code >= 128 ? Kind.name : Kind.other;
}

export function nameEnd(text: string, from: number): number {
  let at = from;
  while (kindOf(text.charCodeAt(at)) === Kind.name) at++;
  return at;
}

/** Whether `word` stands at `at` as a whole word; what precedes is not looked at. */
export function isWord(text: string, at: number, word: string): boolean {
  return text.startsWith(word, at) && kindOf(text.charCodeAt(at + word.length)) !== Kind.name;
}

export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) break;
    at++;
  }
  return at;
}

/** Length of the line break at `at`; 0 where there is none. */
export function breakLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === CR) return text.charCodeAt(at + 1) === LF ? 2 : 1;
  return code === LF ? 1 : 0;
}

/** Skips blanks and joined lines, and inside brackets also line breaks and comments. */
export function skipBlank(text: string, from: number, inBrackets: boolean): number {
  let at = from;
  for (;;) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === Kind.blank) at++;
    else if (kind === Kind.join && breakLength(text, at + 1) > 0) at += 1 + breakLength(text, at + 1);
    else if (inBrackets && kind === Kind.newline) at++;
    else if (inBrackets && kind === Kind.hash) at = lineEnd(text, at);
    else return at;
  }
}

/** Whether a string with this prefix (`f`, `Rb`, `t` …) has replacement fields. */
export function isFormatPrefix(text: string, start: number, end: number): boolean {
  if (end - start !== 1 && end - start !== 2) return false;
  let format = false;
  for (let at = start; at < end; at++) {
    const lower = text.charCodeAt(at) | 32;
    if (lower === 102 || lower === 116) format = true;
    else if (lower !== 114) return false;
  }
  return format;
}

/** Told of the expression of each replacement field of an f-string: what is in the braces, up to the format specification. */
export type OnField = (start: number, end: number) => void;

export interface StringEnd {
  /** Just after the closing quotes, or where the reading stopped. */
  readonly end: number;
  readonly closed: boolean;
}

/** Where a string whose opening quote is at `at` ends. Raw strings need no care: there, too, `\"` does not close. */
export function stringEnd(text: string, at: number, format: boolean, onField?: OnField, nesting = 0): StringEnd {
  const quote = text.charCodeAt(at);
  const triple = text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  let here = at + (triple ? 3 : 1);
  while (here < text.length) {
    const code = text.charCodeAt(here);
    if (code === quote && (!triple || isTriple(text, here, quote)))
      return { end: here + (triple ? 3 : 1), closed: true };
    if (code === BACKSLASH) here = escapeEnd(text, here, format);
    else if (!triple && (code === LF || code === CR)) return { end: here, closed: false };
    else if (format && code === OPEN_BRACE) {
      if (text.charCodeAt(here + 1) === OPEN_BRACE) here += 2;
      else {
        const end = fieldEnd(text, here + 1, nesting, onField);
        here = text.charCodeAt(end) === CLOSE_BRACE ? end + 1 : end;
      }
    } else here++;
  }
  return { end: text.length, closed: false };
}

function isTriple(text: string, at: number, quote: number): boolean {
  return text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
}

/** In f-strings `\{` opens a field, so the brace is not part of the escape. */
function escapeEnd(text: string, at: number, format: boolean): number {
  const next = text.charCodeAt(at + 1);
  if (format && (next === OPEN_BRACE || next === CLOSE_BRACE)) return at + 1;
  return at + 1 + Math.max(1, breakLength(text, at + 1));
}

/** Index of the `}` that closes the replacement field, or the end of the text. */
function fieldEnd(text: string, from: number, nesting: number, onField: OnField | undefined): number {
  if (nesting > MAX_NESTING) return text.length;
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (depth === 0 && (code === CLOSE_BRACE || code === COLON)) {
      onField?.(from, at);
      return code === COLON ? specificationEnd(text, at + 1, nesting, onField) : at;
    }
    if (kind === Kind.open) depth++;
    else if (kind === Kind.close) depth--;
    if (kind === Kind.quote) at = stringEnd(text, at, false, undefined, nesting + 1).end;
    else if (kind === Kind.hash) at = lineEnd(text, at);
    else if (kind === Kind.name) at = afterName(text, at, nesting);
    else at++;
  }
  return text.length;
}

/** After the name at `at`, and after the string too where the name is its prefix. */
function afterName(text: string, at: number, nesting: number): number {
  const end = nameEnd(text, at);
  if (kindOf(text.charCodeAt(end)) !== Kind.quote) return end;
  return stringEnd(text, end, isFormatPrefix(text, at, end), undefined, nesting + 1).end;
}

/** A format specification is literal text, quotes included, with fields of its own. */
function specificationEnd(text: string, from: number, nesting: number, onField: OnField | undefined): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACE) return at;
    if (code === OPEN_BRACE) at = fieldEnd(text, at + 1, nesting + 1, onField);
  }
  return text.length;
}
