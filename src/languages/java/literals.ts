/** Evaluates the string that Class.forName() is given: literals, and `+` with computed parts. */
import { Kind, kindOf, literalEnd, skipBlank } from './lex.ts';

export interface StringValue {
  readonly value: string;
  /** A `*` in the value stands for what is computed. */
  readonly glob: boolean;
  readonly start: number;
  readonly end: number;
}

const PLUS = 43;
const MINUS = 45;
/** A longer expression counts as computed. */
export const MAX_LENGTH = 512;

/** The first argument of the call whose bracket is at `open`; undefined where its value is not known at all. */
export function firstArgument(text: string, open: number): StringValue | undefined {
  const from = skipBlank(text, open + 1);
  const parts: string[] = [];
  for (let at = from; ; ) {
    const operand = readOperand(text, at, open + MAX_LENGTH);
    if (operand === undefined) return undefined;
    parts.push(operand.value);
    at = skipBlank(text, operand.end);
    const code = text.charCodeAt(at);
    if (code !== PLUS) {
      const value = parts.join('').replace(/\*{2,}/g, '*');
      if (value === '*' || value === '' || !/[,)]/.test(text.charAt(at))) return undefined;
      const quotes = parts.length === 1 ? 1 : 0;
      return { value, glob: value.includes('*'), start: from + quotes, end: operand.end - quotes };
    }
    at = skipBlank(text, at + 1);
  }
}

interface Operand {
  readonly value: string;
  readonly end: number;
}

/** A string literal as it is, anything else up to the next `+` as `*`. A choice (`? :`) has no one shape. */
function readOperand(text: string, start: number, limit: number): Operand | undefined {
  if (text.charAt(start) === '"' && !text.startsWith('"""', start)) {
    const { end, closed } = literalEnd(text, start);
    return closed ? { value: text.slice(start + 1, end - 1), end } : undefined;
  }
  let depth = 0;
  for (let at = start; at < limit && at < text.length; ) {
    const character = text.charAt(at);
    if (depth === 0 && /[+,)]/.test(character))
      return at > start ? { value: '*', end: trimmedEnd(text, start, at) } : undefined;
    if (/[?;{}]/.test(character) || text.charCodeAt(at) === MINUS) return undefined;
    if (/[([]/.test(character)) depth++;
    else if (/[)\]]/.test(character)) depth--;
    at = kindOf(text.charCodeAt(at)) === Kind.quote ? literalEnd(text, at).end : at + 1;
  }
  return undefined;
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}
