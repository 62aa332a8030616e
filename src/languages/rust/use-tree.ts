import { isNameStart, skipTrivia, wordEnd } from './lexer.ts';

export interface UseLeaf {
  readonly segments: readonly string[];
  readonly global: boolean;
  readonly glob: boolean;
  /** Name bound in the scope; undefined for `*` and `as _`. */
  readonly bound: string | undefined;
  readonly start: number;
  readonly end: number;
}

interface Name {
  readonly name: string;
  readonly end: number;
}

/** Deeper nesting is not written by hand and would only serve to exhaust the stack. */
const DEEPEST = 64;

/** A name at `at`, `r#` taken off; `$crate` reads as `crate`. */
export function readName(text: string, at: number): Name | undefined {
  const start = text.startsWith('$crate', at) ? at + 1 : text.startsWith('r#', at) ? at + 2 : at;
  if (!isNameStart(text.charCodeAt(start))) return undefined;
  const end = wordEnd(text, start);
  return { name: text.slice(start, end), end };
}

/** Leaves of the tree behind `use`; a tree that macro variables make unreadable ends early. Returns its end. */
export function readUseTree(text: string, from: number, into: UseLeaf[]): number {
  const at = skipTrivia(text, from);
  const global = text.startsWith('::', at);
  return readTree(text, at, { segments: [], global }, into, 0);
}

interface Prefix {
  readonly segments: readonly string[];
  readonly global: boolean;
}

function readTree(text: string, from: number, prefix: Prefix, into: UseLeaf[], depth: number): number {
  const segments = [...prefix.segments];
  const start = skipTrivia(text, from);
  let at = start;
  let end = start;
  while (at < text.length) {
    if (text.startsWith('::', at)) at = skipTrivia(text, at + 2);
    if (text[at] === '{')
      return depth < DEEPEST ? readGroup(text, at, { ...prefix, segments }, into, depth) : text.length;
    if (text[at] === '*') {
      into.push({ ...prefix, segments, glob: true, bound: undefined, start, end: at + 1 });
      return at + 1;
    }
    const found = readName(text, at);
    if (!found) return at;
    // `{self}` names the module that the group is of.
    if (found.name !== 'self' || segments.length === 0) segments.push(found.name);
    end = found.end;
    at = skipTrivia(text, end);
    if (!text.startsWith('::', at)) break;
  }
  const alias = /as\s+(?:r#)?([\p{L}\p{N}_]+)/uy;
  alias.lastIndex = at;
  const renamed = alias.exec(text);
  const bound = renamed ? renamed[1] : segments.at(-1);
  into.push({ ...prefix, segments, glob: false, bound: bound === '_' ? undefined : bound, start, end });
  return renamed ? alias.lastIndex : end;
}

function readGroup(text: string, open: number, prefix: Prefix, into: UseLeaf[], depth: number): number {
  let at = skipTrivia(text, open + 1);
  while (at < text.length && text[at] !== '}') {
    const global = prefix.global || (prefix.segments.length === 0 && text.startsWith('::', at));
    const end = skipTrivia(text, readTree(text, at, { ...prefix, global }, into, depth + 1));
    if (text[end] !== ',') return text[end] === '}' ? end + 1 : end;
    at = skipTrivia(text, end + 1);
  }
  return Math.min(at + 1, text.length);
}
