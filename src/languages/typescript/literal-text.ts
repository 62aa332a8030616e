/** A string that is written out in the source. */
export interface Literal {
  /** Escapes decoded, `*` for what a template computes; undefined where the template begins with such a part. */
  readonly specifier: string | undefined;
  readonly glob: boolean;
  /** Without the quotes. */
  readonly start: number;
  readonly end: number;
}

/**
 * No path is longer, nor a comment between a call and its argument. Without a limit a text that opens quotes or comments
 * and never closes them would be read to its end once for each of them.
 */
const LONGEST = 2000;
const LONGEST_COMMENT = 4000;

/** The string or template that begins at an offset; undefined where none does, or none that ends. */
export function readLiteral(source: string, at: number): Literal | undefined {
  const quote = source[at];
  if (quote === '`') return readTemplate(source, at + 1);
  if (quote !== '"' && quote !== "'") return undefined;
  const last = Math.min(source.length, at + LONGEST);
  for (let next = at + 1; next < last; next++) {
    const char = source[next];
    if (char === quote) return { specifier: decode(source.slice(at + 1, next)), glob: false, start: at + 1, end: next };
    if (char === '\n') return undefined;
    if (char === '\\') next++;
  }
  return undefined;
}

function readTemplate(source: string, start: number): Literal | undefined {
  const last = Math.min(source.length, start + LONGEST);
  let text = '';
  let from = start;
  for (let at = start; at < last; at++) {
    const char = source[at];
    if (char === '`') {
      text += source.slice(from, at);
      const glob = from > start;
      return { specifier: glob && text.startsWith('*') ? undefined : decode(text), glob, start, end: at };
    }
    if (char === '\\') at++;
    else if (char === '$' && source[at + 1] === '{') {
      text += `${source.slice(from, at)}*`;
      at = substitutionEnd(source, at + 2, last);
      from = at + 1;
    }
  }
  return undefined;
}

/** Place of the brace that ends `${…}`. */
function substitutionEnd(source: string, start: number, last: number): number {
  let depth = 1;
  for (let at = start; at < last; at++) {
    if (source[at] === '{') depth++;
    else if (source[at] === '}') depth--;
    if (depth === 0) return at;
  }
  return last;
}

const ESCAPE = /\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\}|\r?\n|([\s\S]))/gi;

function decode(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, x?: string, u?: string, point?: string, plain?: string) => {
    const hex = x ?? u ?? point;
    if (hex === undefined) return plain ?? '';
    const code = Number.parseInt(hex, 16);
    return code > 0x10ffff ? '' : String.fromCodePoint(code);
  });
}

const BLANK = /\s/;

/** The next place that is neither blank nor in a comment; somewhere among these where they have no end. */
export function skipBlanks(source: string, start: number): number {
  const last = Math.min(source.length, start + LONGEST_COMMENT);
  let at = start;
  while (at < last) {
    const end = commentEnd(source, at);
    if (end !== undefined) at = end;
    else if (BLANK.test(source.charAt(at))) at++;
    else break;
  }
  return at;
}

/** Where the comment that begins at an offset is over; undefined where none begins, or none that ends soon. */
export function commentEnd(source: string, at: number): number | undefined {
  if (source[at] !== '/') return undefined;
  const mark = source[at + 1] === '*' ? '*/' : source[at + 1] === '/' ? '\n' : undefined;
  if (mark === undefined) return undefined;
  const end = source.slice(at + 2, at + LONGEST_COMMENT).indexOf(mark);
  return end < 0 ? undefined : at + 2 + end + mark.length;
}

export interface Arguments {
  readonly literals: readonly Literal[];
  /** Whether something that is no literal takes part, so that the call may load anything. */
  readonly computed: boolean;
}

/** What a call loads by its first argument, a string or a list of them; `start` is behind the parenthesis. */
export function readArguments(source: string, start: number): Arguments {
  const at = skipBlanks(source, start);
  if (source[at] === '[') return readList(source, at + 1);
  const literal = readLiteral(source, at);
  if (literal === undefined) return { literals: [], computed: source[at] !== ')' };
  const next = source.charAt(skipBlanks(source, literal.end + 1));
  // A sum, a condition or a method call makes another string of it, `as` and `satisfies` do not.
  const whole = next === '' || /[,)as!]/.test(next);
  return whole ? { literals: [literal], computed: false } : { literals: [], computed: true };
}

function readList(source: string, start: number): Arguments {
  const literals: Literal[] = [];
  let at = skipBlanks(source, start);
  while (source[at] !== ']') {
    const literal = readLiteral(source, at);
    if (literal === undefined) return { literals, computed: true };
    literals.push(literal);
    at = skipBlanks(source, literal.end + 1);
    if (source[at] === ',') at = skipBlanks(source, at + 1);
    else if (source[at] !== ']') return { literals, computed: true };
  }
  return { literals, computed: false };
}
