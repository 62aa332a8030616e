/** Skips over Go's comments and literals; every function returns an offset and stops at the end of a broken text. */

const TAB = 9;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const QUOTE = 39;
const STAR = 42;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;
const BACKQUOTE = 96;
export const NEWLINE = 10;

/** Letters, digits, underscore and everything beyond ASCII: Go allows any Unicode letter in a name. */
export function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 48 && code <= 57) ||
    (code > 127 && code !== 0xfeff)
  );
}

export function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWord(text.charCodeAt(at))) at++;
  return at;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Past the comment that starts at `at`; `at` itself where none does. A line comment ends before its line break. */
export function commentEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== SLASH) return at;
  const next = text.charCodeAt(at + 1);
  if (next === SLASH) return lineEnd(text, at);
  if (next !== STAR) return at;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

/** Past the string or rune that starts at `at`; `at` itself where none does. */
export function literalEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === BACKQUOTE) {
    const end = text.indexOf('`', at + 1);
    return end < 0 ? text.length : end + 1;
  }
  return code === DOUBLE_QUOTE || code === QUOTE ? quotedEnd(text, at, code) : at;
}

/** A quoted literal may not span lines, so a stray quote costs no more than its own line. */
function quotedEnd(text: string, at: number, quote: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH) end++;
    else if (code === quote) return end + 1;
    else if (code === NEWLINE) return end;
  }
  return text.length;
}

/** Past blanks; line breaks and semicolons count as such, since both merely end a declaration here. */
export function skipTrivia(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === SPACE || (code >= TAB && code <= 13) || code === SEMICOLON || code === 0xfeff) {
      at++;
      continue;
    }
    const end = commentEnd(text, at);
    if (end === at) return at;
    at = end;
  }
  return at;
}
