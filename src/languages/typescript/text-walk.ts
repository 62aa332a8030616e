import { skipBlanks } from './literal-text.ts';

/**
 * Type arguments and arguments that are longer are not looked behind: a text that opens many and closes none would be
 * read to its end once for each.
 */
const LONGEST = 1000;

/** Behind the parenthesis that opens a call's arguments, where the text at an offset goes on as a call. */
export function argumentsStart(source: string, start: number): number | undefined {
  let at: number | undefined = skipBlanks(source, start);
  if (source.startsWith('?.', at)) at = skipBlanks(source, at + 2);
  if (source[at] === '<') at = typeArgumentsEnd(source, at);
  if (at === undefined) return undefined;
  at = skipBlanks(source, at);
  return source[at] === '(' ? at + 1 : undefined;
}

function typeArgumentsEnd(source: string, start: number): number | undefined {
  let depth = 0;
  const last = Math.min(source.length, start + LONGEST);
  for (let at = start; at < last; at++) {
    const char = source[at];
    if (char === '<') depth++;
    // The arrow of a function type closes nothing.
    else if (char === '>' && source[at - 1] !== '=' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Place of the parenthesis that closes the one before `start`. */
export function closingParenthesis(source: string, start: number): number | undefined {
  let depth = 1;
  const last = Math.min(source.length, start + LONGEST);
  for (let at = start; at < last; at++) {
    if (source[at] === '(') depth++;
    else if (source[at] === ')' && --depth === 0) return at;
  }
  return undefined;
}

const MOST_DOTS = 3;

/** Names that get the value which ends in the word at an offset: `r` of `const r = module.createRequire`. */
export function assignedNames(source: string, value: number): string[] {
  let at = blanksBefore(source, value);
  for (let dots = 0; source[at - 1] === '.' && dots < MOST_DOTS; dots++)
    at = blanksBefore(source, wordBefore(source, blanksBefore(source, at - 1)));
  if (source[at - 1] !== '=' || /[=!<>]/.test(source.charAt(at - 2))) return [];
  const end = blanksBefore(source, at - 1);
  const start = wordBefore(source, end);
  const name = source.slice(start, end);
  const colon = blanksBefore(source, start);
  if (source[colon - 1] !== ':') return name === '' ? [] : [name];
  // What stands before `=` is then a type.
  const typed = blanksBefore(source, colon - 1);
  return [name, source.slice(wordBefore(source, typed), typed)];
}

/** Before the blanks that end at an offset, and one comment: bundlers write a mark of purity before `createRequire`. */
function blanksBefore(source: string, at: number): number {
  const start = spacesBefore(source, at);
  if (!source.startsWith('*/', start - 2)) return start;
  const text = source.slice(Math.max(0, start - LONGEST), start);
  const open = text.lastIndexOf('/*');
  return open < 0 ? start : spacesBefore(source, start - text.length + open);
}

function spacesBefore(source: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/.test(source.charAt(start - 1))) start--;
  return start;
}

function wordBefore(source: string, at: number): number {
  let start = at;
  while (start > 0 && /[\w$]/.test(source.charAt(start - 1))) start--;
  return start;
}
