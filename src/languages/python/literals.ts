/** Evaluates the string expressions people write into import_module(): literals, f-strings, `+`, `%` and format(). */
import { isFormatPrefix, isWord, Kind, kindOf, nameEnd, skipBlank, stringEnd } from './lex.ts';

export interface StringValue {
  readonly value: string;
  /** A `*` in the value stands for what is computed. */
  readonly glob: boolean;
  /** What the value covers: inside the quotes of a plain literal, else the expression. */
  readonly start: number;
  readonly end: number;
}

const PLUS = 43;
const PERCENT = 37;
const DOT = 46;
const COMMA = 44;
const BACKSLASH = 92;
/** Words that make an expression a choice, so that no pattern covers all it may be. */
const CHOICE = /\b(?:if|else|or|and|not|lambda|await|yield|for)\b|[\n=]/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** The value of the expression that fills `start` to `end`; undefined where even its shape is not known. */
export function stringValue(text: string, start: number, end: number): StringValue | undefined {
  const from = skipBlank(text, start, true);
  const parts: string[] = [];
  let only: Literal | undefined;
  for (let at = from; at < end; ) {
    const literal = readLiterals(text, at, end);
    const stop = literal?.end ?? otherEnd(text, at, end);
    if (stop === undefined || (literal === undefined && CHOICE.test(text.slice(at, stop)))) return undefined;
    parts.push(literal?.value ?? '*');
    only = literal;
    at = skipBlank(text, stop, true);
    if (at >= end) break;
    if (text.charCodeAt(at) !== PLUS) return undefined;
    at = skipBlank(text, at + 1, true);
  }
  const value = parts.join('').replace(/\*{2,}/g, '*');
  if (value === '*' || value === '') return undefined;
  const plain = parts.length === 1 ? only?.inside : undefined;
  return {
    value,
    glob: value.includes('*'),
    start: plain?.start ?? from,
    end: plain?.end ?? trimmedEnd(text, from, end),
  };
}

interface Literal {
  readonly value: string;
  readonly end: number;
  /** Between the quotes, where the literal is one string and nothing is done to it. */
  readonly inside: { readonly start: number; readonly end: number } | undefined;
}

/** One string or several side by side, and a `%` or `.format()` that fills them. */
function readLiterals(text: string, start: number, limit: number): Literal | undefined {
  let value = '';
  let end = start;
  let count = 0;
  let inside: Literal['inside'];
  for (let at = start; ; at = skipBlank(text, end, true)) {
    const one = readString(text, at);
    if (one === undefined) break;
    value += one.value;
    end = one.end;
    inside = one.inside;
    count++;
  }
  if (count === 0) return undefined;
  const next = skipBlank(text, end, true);
  const filled = fill(text, next, limit, value);
  return filled === undefined
    ? { value, end, inside: count === 1 ? inside : undefined }
    : { ...filled, inside: undefined };
}

function readString(text: string, at: number): Literal | undefined {
  const quote = nameEnd(text, at);
  if (kindOf(text.charCodeAt(quote)) !== Kind.quote || /[^rRuUfFtT]/.test(text.slice(at, quote))) return undefined;
  const format = isFormatPrefix(text, at, quote);
  const fields: [number, number][] = [];
  const { end, closed } = stringEnd(text, quote, format, (from, to) => fields.push([from, to]));
  if (!closed) return undefined;
  const width = end - quote >= 6 && text.startsWith(text.charAt(quote).repeat(3), quote) ? 3 : 1;
  const inside = { start: quote + width, end: end - width };
  const raw = /[rR]/.test(text.slice(at, quote));
  const content = text.slice(inside.start, inside.end);
  const value = format ? withoutFields(content) : raw ? content : withoutEscapes(content);
  return { value, end, inside: fields.length === 0 && value === content ? inside : undefined };
}

/** An f-string's fields become `*`. Braces are counted: what is in them never matters here. */
function withoutFields(content: string): string {
  let value = '';
  let depth = 0;
  for (const character of content.replaceAll('{{', '').replaceAll('}}', '')) {
    if (character === '{' && depth++ === 0) value += '*';
    else if (character === '}') depth--;
    else if (depth === 0) value += character;
  }
  return value;
}

function withoutEscapes(content: string): string {
  if (!content.includes('\\')) return content;
  let value = '';
  for (let at = 0; at < content.length; at++) {
    if (content.charCodeAt(at) !== BACKSLASH) {
      value += content[at];
      continue;
    }
    const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(content.slice(at + 1, at + 6));
    const next = content[at + 1] ?? '';
    value +=
      code === null
        ? (ESCAPES[next] ?? `\\${next}`)
        : String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16));
    at += code?.[0].length ?? 1;
  }
  return value;
}

/** `"a.%s" % x` and `"a.{}".format(x)`: the placeholders become `*`. */
function fill(text: string, at: number, limit: number, value: string): { value: string; end: number } | undefined {
  const formats = text.charCodeAt(at) === DOT && isWord(text, at + 1, 'format');
  if (!formats && text.charCodeAt(at) !== PERCENT) return undefined;
  const end = otherEnd(text, at + 1, limit);
  if (end === undefined || CHOICE.test(text.slice(at, end))) return undefined;
  const pattern = formats ? /\{[^{}]*\}/g : /%(?:\([^)]*\))?[-#0-9 +.]*[a-zA-Z]/g;
  return { value: value.replace(pattern, '*'), end };
}

/** Where an operand that is no string ends: at a `+`, a comma or a bracket that it did not open. */
function otherEnd(text: string, start: number, end: number): number | undefined {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === Kind.quote) {
      const string = stringEnd(text, at, false);
      if (!string.closed) return undefined;
      at = string.end - 1;
    } else if (kind === Kind.open) depth++;
    else if (kind === Kind.close && depth-- === 0) return at;
    else if (depth === 0 && (code === PLUS || code === COMMA)) return at;
  }
  return end;
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}
