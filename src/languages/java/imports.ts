/** Reads what follows `import` and `requires`. */
import { type Chain, Kind, kindOf, nameEnd, readChain, skipBlank } from './lex.ts';

const STAR = 42;

export interface Import extends Pick<Chain, 'segments' | 'start' | 'end'> {
  /** `import a.b.*`; the star is not among the segments. */
  readonly wildcard: boolean;
}

/** `import a.b.C`, `import static a.b.C.m`, `import a.b.*`, `import module a.b`. */
export function readImport(text: string, after: number): Import | undefined {
  const { segments, start, end } = readChain(text, afterModifier(text, skipBlank(text, after), /^(?:static|module)$/));
  if (end === start) return undefined;
  const dot = skipBlank(text, end);
  const star = skipBlank(text, dot + 1);
  const wildcard = kindOf(text.charCodeAt(dot)) === Kind.dot && text.charCodeAt(star) === STAR;
  return { segments, start, end: wildcard ? star + 1 : end, wildcard };
}

/** `requires transitive a.b`. */
export function readRequirement(text: string, after: number): Chain {
  const first = afterModifier(text, skipBlank(text, after), /^(?:static|transitive)$/);
  return readChain(text, afterModifier(text, first, /^(?:static|transitive)$/));
}

/** Past a modifier, unless it is itself the name: a package may be called `module`. */
function afterModifier(text: string, start: number, modifier: RegExp): number {
  const end = nameEnd(text, start);
  const next = skipBlank(text, end);
  return modifier.test(text.slice(start, end)) && kindOf(text.charCodeAt(next)) === Kind.name ? next : start;
}
