/** A string as it stands in a source. Offsets are those of its content, end exclusive. */
export interface StringLiteral {
  readonly start: number;
  readonly end: number;
  /** Whether it is a statement of its own: a docstring, or `'use strict'`. */
  readonly alone: boolean;
}

interface Syntax {
  readonly comment: RegExp;
  /** How a string begins; the first group is the delimiter that also ends it. */
  readonly open: RegExp;
  /** JavaScript's `/…/` may hold quotes. */
  readonly regex: boolean;
}

const SLASHES = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const C_LIKE: Syntax = { comment: SLASHES, open: /("""|["'`])/y, regex: false };
const SCRIPT: Syntax = { comment: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|<!--[\s\S]*?-->/y, open: /(["'`])/y, regex: true };
const PYTHON: Syntax = { comment: /#[^\n]*/y, open: /(?:[rbuft]{1,2})?("""|'''|["'])/iy, regex: false };
/** A lifetime is no string, nor is a character. */
const RUST: Syntax = { comment: SLASHES, open: /(?:b?r(?=#*"))?(?:b|c)?(#*")/y, regex: false };

function syntaxOf(path: string): Syntax {
  if (/\.pyi?$/.test(path)) return PYTHON;
  if (path.endsWith('.rs')) return RUST;
  return /\.(?:go|java)$/.test(path) ? C_LIKE : SCRIPT;
}

const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const BEFORE_REGEX = /(?:^|[([{,;=:!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|await|yield))\s*$/;

/** Strings of a source, comments left out; a quote that nothing closes on its line is none. */
export function stringLiterals(path: string, text: string): StringLiteral[] {
  const syntax = syntaxOf(path);
  const found: StringLiteral[] = [];
  let at = 0;
  while (at < text.length) {
    const comment = matchEnd(syntax.comment, text, at);
    if (comment !== undefined) {
      at = comment;
      continue;
    }
    const literal = literalAt(syntax, text, at);
    if (literal !== undefined) found.push(literal);
    at = literal?.next ?? regexEnd(syntax, text, at) ?? wordEnd(text, at);
  }
  return found;
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function literalAt(syntax: Syntax, text: string, at: number): (StringLiteral & { next: number }) | undefined {
  syntax.open.lastIndex = at;
  const opening = syntax.open.exec(text);
  if (opening === null) return undefined;
  const quote = opening[1] ?? '';
  const start = at + opening[0].length;
  const closing = quote.startsWith('#') ? `"${quote.slice(0, -1)}` : quote;
  const raw = closing.length > 1 ? /r/i.test(opening[0]) : /^b?r"/.test(opening[0]);
  const end = closingQuote(text, start, closing, raw, isMultiline(syntax, quote));
  if (end === undefined) return undefined;
  return { start, end, next: end + closing.length, alone: isAlone(text, at, end + closing.length) };
}

function isMultiline(syntax: Syntax, quote: string): boolean {
  return quote.length > 1 || quote === '`' || syntax === RUST;
}

function closingQuote(
  text: string,
  start: number,
  closing: string,
  raw: boolean,
  multiline: boolean,
): number | undefined {
  for (let at = start; at < text.length; at++) {
    if (text.startsWith(closing, at)) return at;
    if (text[at] === '\\' && !raw) at++;
    else if (text[at] === '\n' && !multiline) return undefined;
  }
  return undefined;
}

/** Nothing but blanks before it on its line, and nothing but an end behind it. */
function isAlone(text: string, start: number, end: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const previous = text
    .slice(Math.max(0, start - 200), start)
    .trimEnd()
    .at(-1);
  return (
    /^\s*$/.test(line) && !/[([{,=+\\]/.test(previous ?? '') && /^[^\S\n]*(?:;|\n|$|#)/.test(text.slice(end, end + 100))
  );
}

function regexEnd(syntax: Syntax, text: string, at: number): number | undefined {
  if (!syntax.regex || text[at] !== '/' || !BEFORE_REGEX.test(text.slice(Math.max(0, at - 20), at))) return undefined;
  return matchEnd(REGEX, text, at);
}

/** Past a name, so that the `r` of `for"` opens no string; past one character else. */
function wordEnd(text: string, at: number): number {
  return matchEnd(/[\w$]+/y, text, at) ?? at + 1;
}
