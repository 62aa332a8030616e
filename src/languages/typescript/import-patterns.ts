import type { Reference, ReferenceKind } from '../../engine/language.ts';
import { commentEnd, type Literal, readArguments, readLiteral, skipBlanks } from './literal-text.ts';

const CALL = /import(?:\.(?:defer|source))?\s*\(/g;

/** Every `import(…)` of a text, those in comments, strings and types included. */
export function importCalls(source: string): Reference[] {
  return [...source.matchAll(CALL)].flatMap((match) => {
    if (!beginsWord(source, match.index)) return [];
    const end = match.index + match[0].length;
    const { literals, computed } = readArguments(source, end);
    if (computed) return [{ specifier: undefined, kind: 'dynamic', typeOnly: false, start: match.index, end }];
    return literals.map((literal) => literalReference(literal, 'dynamic', false));
  });
}

/** Not part of a longer name, and no property; `...import('./a')` is none. */
function beginsWord(source: string, at: number): boolean {
  const before = source.charAt(at - 1);
  return before === '.' ? source.startsWith('...', at - 3) : !/[\w$#]/.test(before);
}

export function literalReference(literal: Literal, kind: ReferenceKind, typeOnly: boolean): Reference {
  const { specifier, glob, start, end } = literal;
  return { specifier, ...(glob && specifier !== undefined ? { glob } : {}), kind, typeOnly, start, end };
}

const DECLARATION = /(?:import|export)(?![\w$(:\x80-\uffff])/g;
const TYPE = /\s*type(?:\s+(?!from\s*['"])(?=[\w$])|\s*(?=[{*]))/y;

/** Every `import … from` and `export … from` of a text, those in comments included. */
export function importDeclarations(source: string): Reference[] {
  const braces = new Map<number, number>();
  return [...source.matchAll(DECLARATION)].flatMap((match) => {
    if (!beginsWord(source, match.index)) return [];
    const [keyword] = match;
    const at = match.index + keyword.length;
    const literal = readClause(source, at, keyword === 'import', braces);
    if (literal === undefined) return [];
    TYPE.lastIndex = at;
    // `@import` stands in JSDoc and names types.
    const typeOnly = TYPE.test(source) || source[match.index - 1] === '@';
    return [literalReference(literal, keyword === 'import' ? 'static' : 'reexport', typeOnly)];
  });
}

/** `type default, * as name from` is as long as it gets, one set of braces being one part. */
const MOST_PARTS = 9;
const WORD = /[\w$\x80-\uffff]{1,500}/y;

/** The module's name behind `import` or `export`. */
function readClause(source: string, start: number, bare: boolean, braces: Map<number, number>): Literal | undefined {
  let mayEnd = bare;
  let at = start;
  for (let part = 0; part < MOST_PARTS; part++) {
    at = skipBlanks(source, at);
    const char = source.charAt(at);
    if (char === '"' || char === "'") return mayEnd ? readLiteral(source, at) : undefined;
    mayEnd = false;
    if (char === '{') at = closingBrace(source, at + 1, braces) ?? source.length;
    else if (char !== '*' && char !== ',') {
      WORD.lastIndex = at;
      const word = WORD.exec(source)?.[0];
      if (word === undefined) return undefined;
      mayEnd = word === 'from';
      at += word.length - 1;
    }
    at++;
  }
  return undefined;
}

const NAMES = /[\w$\s,*\x80-\uffff]*/y;

/**
 * Place of the brace that ends a list of names. What is found behind a comment is remembered, since a text may begin
 * any number of lists inside comments, all of which go on behind them.
 */
function closingBrace(source: string, start: number, known: Map<number, number>): number | undefined {
  const passed: number[] = [];
  let at = start;
  let found = -1;
  for (;;) {
    NAMES.lastIndex = at;
    NAMES.test(source);
    at = NAMES.lastIndex;
    if (source[at] === '}') found = at;
    const next = source[at] === '/' ? commentEnd(source, at) : afterLiteral(source, at);
    found = next === undefined ? found : (known.get(next) ?? found);
    if (next === undefined || known.has(next)) break;
    passed.push(next);
    at = next;
  }
  for (const place of passed) known.set(place, found);
  return found < 0 ? undefined : found;
}

/** `{ 'any name' as name }` is a name too. */
function afterLiteral(source: string, at: number): number | undefined {
  const literal = readLiteral(source, at);
  return literal === undefined ? undefined : literal.end + 1;
}

/** `declare module './a'` adds to a file of the repository. */
export function declaredModules(source: string): Reference[] {
  return [...source.matchAll(/declare\s+module\s*(?=['"])/g)].flatMap((match) => {
    const literal = readLiteral(source, match.index + match[0].length);
    return literal?.specifier?.startsWith('.') === true ? [literalReference(literal, 'static', true)] : [];
  });
}
