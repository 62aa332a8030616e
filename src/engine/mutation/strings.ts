import { textOf } from './edits.ts';
import type { Span, Spelling } from './mutable.ts';

interface Sides {
  readonly left: Span;
  readonly right: Span;
}

/** Calls whose result is text or a list, whatever they are called on. */
const MAKES_TEXT =
  /\b(?:toString|to_string|to_owned|String|str|repr|format!?|Sprintf?|Sprintln|String\.valueOf|join|repeat|list|concat)\(/;

/** Whether an operand is evidently text (or a list), for which `-` and `/` mean nothing. */
export function holdsString({ left, right }: Sides, text: string, { language }: Spelling): boolean {
  return [left, right].some((side) => isString(textOf(text, side), text, language));
}

function isString(operand: string, text: string, language: Spelling['language']): boolean {
  // Where single quotes hold one character, it is a number.
  const quotes = /^(?:go|rust|java)$/.test(language) ? /["`]/ : /["'`]/;
  const outside = withoutInside(operand);
  if (quotes.test(outside) || MAKES_TEXT.test(outside) || /^\s*\[/.test(operand)) return true;
  const name = /^&?(?:self\.|this\.)?([A-Za-z_]\w*)$/.exec(operand)?.[1];
  return name !== undefined && isDeclaredAsText(name, text, language);
}

/** Arguments, indices and what strings say taken out. */
function withoutInside(operand: string): string {
  let outside = operand.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '$1');
  for (let before = ''; before !== outside; ) {
    before = outside;
    outside = outside.replace(/\([^()[\]]+\)/g, '()').replace(/\[[^()[\]]+\]/g, '[]');
  }
  return outside;
}

/** By the declarations that the file itself holds; none of another scope is told apart. */
function isDeclaredAsText(name: string, text: string, language: Spelling['language']): boolean {
  return DECLARATIONS[language](name).test(text);
}

const DECLARATIONS: Readonly<Record<Spelling['language'], (name: string) => RegExp>> = {
  typescript: (name) =>
    new RegExp(`\\b${name}\\??\\s*:\\s*string\\b(?!\\s*\\[)|\\b(?:let|const)\\s+${name}\\s*=\\s*["'\`]`),
  javascript: (name) => new RegExp(`\\b(?:let|const|var)\\s+${name}\\s*=\\s*["'\`]`),
  python: (name) => new RegExp(`\\b${name}\\s*(?::\\s*(?:str|bytes|list|tuple)\\b|=\\s*[rbf]{0,2}["'\\[])`),
  go: (name) => new RegExp(`\\b${name}(?:\\s*,\\s*\\w+)*\\s+string\\b|\\b${name}\\s*:?=\\s*["\`]`),
  rust: (name) =>
    new RegExp(`\\b${name}\\s*:\\s*&?(?:'\\w+\\s+)?(?:mut\\s+)?(?:str|String)\\b|\\b${name}\\s*=\\s*(?:"|String::)`),
  java: (name) => new RegExp(`\\bString\\s+${name}\\b`),
};
