import { rawStringEnd, skipTrivia, stringEnd } from './lexer.ts';

interface Argument {
  readonly value: string;
  readonly end: number;
}

/**
 * File named by `include!(…)` and its kin, from behind the opening bracket: a literal, `env!("NAME")` as `$NAME`, or
 * `concat!` of both. Undefined where it is anything else.
 */
export function readIncludedFile(text: string, from: number): Argument | undefined {
  const at = skipTrivia(text, from);
  return readConcat(text, at) ?? readPiece(text, at);
}

function readConcat(text: string, from: number): Argument | undefined {
  const open = /(?:(?:std|core)::)?concat!\s*[([{]/y;
  open.lastIndex = from;
  if (!open.test(text)) return undefined;
  let at = skipTrivia(text, open.lastIndex);
  let value = '';
  for (;;) {
    const piece = readPiece(text, at);
    if (!piece) return undefined;
    value += piece.value;
    at = skipTrivia(text, piece.end);
    if (text[at] === ',') at = skipTrivia(text, at + 1);
    if (/[)\]}]/.test(text[at] ?? '')) return { value, end: at + 1 };
  }
}

function readPiece(text: string, at: number): Argument | undefined {
  if (text[at] === '"') {
    const end = stringEnd(text, at);
    return { value: text.slice(at + 1, end - 1), end };
  }
  if (text[at] === 'r') {
    const end = rawStringEnd(text, at + 1);
    const open = text.indexOf('"', at);
    return end === undefined ? undefined : { value: text.slice(open + 1, end - (open - at)), end };
  }
  const variable = /env!\s*[([{]\s*"([^"]*)"\s*(?:,[^)\]}]*)?[)\]}]/y;
  variable.lastIndex = at;
  const found = variable.exec(text);
  return found ? { value: `$${found[1] ?? ''}`, end: variable.lastIndex } : undefined;
}
