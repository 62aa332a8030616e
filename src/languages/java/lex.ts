/** Lexical primitives of Java: where names, blanks, comments and literals end. Offsets are UTF-16 indices. */

export const Kind = { other: 0, name: 1, blank: 2, quote: 3, slash: 4, dot: 5 } as const;

const TABLE = new Uint8Array(128);
const mark = (characters: string, kind: number): void => {
  for (const character of characters) TABLE[character.charCodeAt(0)] = kind;
};
mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$0123456789', Kind.name);
mark(' \t\f\n\r', Kind.blank);
mark('\'"', Kind.quote);
mark('/', Kind.slash);
mark('.', Kind.dot);

const BACKSLASH = 92;
const LF = 10;
const CR = 13;
const SLASH = 47;
const STAR = 42;
const DOUBLE_QUOTE = 34;

/** Letters beyond ASCII count as parts of names. NaN, which is the end of the text, is `other`. */
export function kindOf(code: number): number {
  return code < 128 ? (TABLE[code] ?? 0) : code >= 128 ? Kind.name : Kind.other;
}

export function nameEnd(text: string, from: number): number {
  let at = from;
  while (kindOf(text.charCodeAt(at)) === Kind.name) at++;
  return at;
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export interface End {
  readonly end: number;
  readonly closed: boolean;
}

/** After the comment at `at`, or after the slash where it starts none. */
export function commentEnd(text: string, at: number): End {
  const next = text.charCodeAt(at + 1);
  if (next !== SLASH && next !== STAR) return { end: at + 1, closed: true };
  const close = text.indexOf(next === STAR ? '*/' : '\n', at + 2);
  // A line comment may end with the file.
  if (close < 0) return { end: text.length, closed: next === SLASH };
  return { end: next === STAR ? close + 2 : close, closed: true };
}

export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    const next = code === SLASH ? text.charCodeAt(at + 1) : 0;
    if (kindOf(code) === Kind.blank) at++;
    else if (next === SLASH || next === STAR) at = commentEnd(text, at).end;
    else return at;
  }
}

/** After the string, text block or character literal whose quote is at `at`. */
export function literalEnd(text: string, at: number): End {
  const quote = text.charCodeAt(at);
  const block = quote === DOUBLE_QUOTE && text.startsWith('"""', at);
  for (let here = at + (block ? 3 : 1); here < text.length; here++) {
    const code = text.charCodeAt(here);
    if (code === BACKSLASH) here++;
    else if (block ? text.startsWith('"""', here) : code === quote)
      return { end: here + (block ? 3 : 1), closed: true };
    else if (!block && (code === LF || code === CR)) return { end: here, closed: false };
  }
  return { end: text.length, closed: false };
}

/** A dotted name, with blanks around its dots. */
export interface Chain {
  readonly segments: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Where the segments end, one for each. */
  readonly ends: readonly number[];
}

export function readChain(text: string, start: number): Chain {
  const segments: string[] = [];
  const ends: number[] = [];
  let at = start;
  for (;;) {
    const end = nameEnd(text, at);
    segments.push(text.slice(at, end));
    ends.push(end);
    const dot = kindOf(text.charCodeAt(end)) === Kind.dot ? end : skipBlank(text, end);
    if (kindOf(text.charCodeAt(dot)) !== Kind.dot) return { segments, start, end, ends };
    const next = skipBlank(text, dot + 1);
    if (kindOf(text.charCodeAt(next)) !== Kind.name) return { segments, start, end, ends };
    at = next;
  }
}
