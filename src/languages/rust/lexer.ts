/** Skips over Rust's comments and literals; every function returns an offset and stops at the end of a broken text. */

const BACKSLASH = 92;
export const QUOTE = 39;
export const DOUBLE_QUOTE = 34;
const SLASH = 47;
const STAR = 42;
export const HASH = 35;

/** Letters, digits, underscore and everything beyond ASCII: Rust allows any Unicode letter in a name. */
export function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    code === 95 ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    (code > 127 && code !== 0xfeff)
  );
}

export function isNameStart(code: number): boolean {
  return isWord(code) && !(code >= 48 && code <= 57);
}

export function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWord(text.charCodeAt(at))) at++;
  return at;
}

/** Past the comment that starts at `at`, block comments nest; `at` itself where none does. */
export function commentEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== SLASH) return at;
  const next = text.charCodeAt(at + 1);
  if (next === SLASH) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  return next === STAR ? blockCommentEnd(text, at + 2) : at;
}

function blockCommentEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === STAR && text.charCodeAt(at + 1) === SLASH) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    } else if (code === SLASH && text.charCodeAt(at + 1) === STAR) {
      depth++;
      at++;
    }
  }
  return text.length;
}

/** Past the string whose opening quote is at `at`; Rust's strings may span lines. */
export function stringEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH) end++;
    else if (code === DOUBLE_QUOTE) return end + 1;
  }
  return text.length;
}

/** Past the raw string whose hashes or quote start at `at`; undefined where it is none, as in `r#type`. */
export function rawStringEnd(text: string, at: number): number | undefined {
  let open = at;
  while (text.charCodeAt(open) === HASH) open++;
  if (text.charCodeAt(open) !== DOUBLE_QUOTE) return undefined;
  const end = text.indexOf(`"${'#'.repeat(open - at)}`, open + 1);
  return end < 0 ? text.length : end + 1 + open - at;
}

/** Past a raw, byte or C string whose prefix is from `at` to `end`; undefined where the word is no prefix of one. */
export function prefixedEnd(text: string, at: number, end: number): number | undefined {
  if (end - at > 2) return undefined;
  const prefix = text.slice(at, end);
  const next = text.charCodeAt(end);
  if (prefix === 'b' && next === QUOTE) return quoteEnd(text, end);
  if (prefix === 'r' || prefix === 'br' || prefix === 'cr') return rawStringEnd(text, end);
  return (prefix === 'b' || prefix === 'c') && next === DOUBLE_QUOTE ? stringEnd(text, end) : undefined;
}

/** Past the char literal or, where no quote closes it, the lifetime at `at`. */
export function quoteEnd(text: string, at: number): number {
  if (text.charCodeAt(at + 1) === BACKSLASH) {
    const end = text.indexOf("'", at + 3);
    return end < 0 ? text.length : end + 1;
  }
  const wide = (text.codePointAt(at + 1) ?? 0) > 0xffff ? 2 : 1;
  if (text.charCodeAt(at + 1 + wide) === QUOTE && text.charCodeAt(at + 1) !== QUOTE) return at + wide + 2;
  return Math.max(wordEnd(text, at + 1), at + 1);
}

export function skipTrivia(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 0xfeff) {
      at++;
      continue;
    }
    const end = commentEnd(text, at);
    if (end === at) return at;
    at = end;
  }
  return at;
}

/** Blanks for comments, so that a pattern over a few tokens sees code only. */
export function withoutComments(text: string): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const comment = commentEnd(text, at);
    const end = comment > at ? comment : text.charCodeAt(at) === DOUBLE_QUOTE ? stringEnd(text, at) : at + 1;
    result += comment > at ? ' ' : text.slice(at, end);
    at = end;
  }
  return result;
}
