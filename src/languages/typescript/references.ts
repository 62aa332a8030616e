import { type Import, parse } from 'es-module-lexer';
import type { Extraction, Reference, ReferenceKind } from '../../engine/language.ts';
import { callPatterns } from './call-patterns.ts';
import { declaredModules, importCalls, importDeclarations } from './import-patterns.ts';
import { scriptSources, scriptText } from './script-text.ts';

export { scriptText } from './script-text.ts';

/**
 * Every place where a module names another one. Static syntax comes from es-module-lexer; what it does not speak of
 * (`require`, `import x = require()`, mocks, globs, `new URL`, reference directives, types) is found by pattern, which
 * also meets comments: for a graph that decides what to check, one edge too many is right and one too few is not.
 */
export function extractReferences(path: string, text: string): Extraction {
  // The lexer takes a byte order mark for a word.
  const source = scriptText(path, text).replace(/^\uFEFF/, ' ');
  const sources = scriptSources(path, text);
  const calls = [...callPatterns(source), ...directives(source)];
  const lexed = lex(source);
  if (lexed.references === undefined) {
    const references = [...sources, ...importDeclarations(source), ...importCalls(source), ...calls];
    return lexed.error === undefined ? { references } : { references, unanalysed: lexed.error };
  }
  const found = onePerPlace([...lexed.references, ...calls]);
  return { references: [...sources, ...found, ...unlexed(path, source, found)] };
}

function lex(source: string): { references?: Reference[]; error?: string } {
  try {
    const [imports] = parse(source);
    return { references: imports.flatMap((found) => fromLexer(source, found)) };
  } catch (error) {
    // JSX and some TypeScript defeat the lexer; patterns still find what such files import.
    return looksBroken(source) ? { error: `does not lex: ${String(error).slice(0, 120)}` } : {};
  }
}

/** A conflict marker or a NUL is no JavaScript; anything else the lexer refuses is usually JSX. */
function looksBroken(source: string): boolean {
  return /^(<{7}|>{7}) /m.test(source) || source.includes('\0');
}

function fromLexer(source: string, found: Import): Reference[] {
  if (found.type === 'import-meta') return [];
  if (found.type === 'dynamic') return [dynamic(source, found)];
  const { specifier, typeOnly, start, end } = found;
  const kind: ReferenceKind = source.startsWith('export', found.importStart) ? 'reexport' : 'static';
  return [{ specifier, kind, typeOnly, start, end }];
}

function dynamic(source: string, found: Import & { readonly type: 'dynamic' }): Reference {
  const { specifier, glob, start, end } = found;
  // A template that begins with a computed part may be any module.
  if (specifier === undefined || (glob && specifier.startsWith('*')))
    return { specifier: undefined, kind: 'dynamic', typeOnly: false, start, end };
  const quote = /['"`]/.test(source.charAt(start)) ? 1 : 0;
  return {
    specifier,
    ...(glob ? { glob } : {}),
    kind: 'dynamic',
    typeOnly: false,
    start: start + quote,
    end: end - quote,
  };
}

/** `import a = require('./a')` is an import to the lexer, which knows whether it is of a type, and a call by its form. */
function onePerPlace(references: readonly Reference[]): Reference[] {
  const places = new Map<number, Reference>();
  for (const reference of references) {
    const known = places.get(reference.start);
    places.set(reference.start, known === undefined ? reference : { ...reference, typeOnly: known.typeOnly });
  }
  return [...places.values()];
}

const DECLARED_MODULE = /declare\s+module\s*['"]/;

/** What the lexer passes over: `import('./a')` in types, JSDoc's `@import`, what stands inside `declare module`. */
function unlexed(path: string, source: string, lexed: readonly Reference[]): Reference[] {
  const places = new Set(lexed.map(({ start }) => start));
  const isNew = ({ specifier, start }: Reference): boolean => specifier !== undefined && !places.has(start);
  // Between JSX text with quotes the lexer may pass over an `import()` that runs; without JSX only over types.
  const types = /\.[cm]?ts$/.test(path);
  const calls = importCalls(source)
    .filter(isNew)
    .map((found): Reference => (types ? { ...found, kind: 'static', typeOnly: true } : found));
  if (!source.includes('@import') && !DECLARED_MODULE.test(source)) return calls;
  return [...calls, ...importDeclarations(source).filter(isNew), ...declaredModules(source)];
}

const DIRECTIVE = /^[^\S\n]*\/\/\/[^\S\n]*<reference\s[^>\n]*?\b(path|types)\s*=\s*["']([^"'\n]+)["']/gm;

/** TypeScript's `/// <reference path="a.ts" />`, which is relative without a dot too. */
function directives(source: string): Reference[] {
  if (!source.includes('<reference')) return [];
  return [...source.matchAll(DIRECTIVE)].map((match) => {
    const [whole, attribute, written = ''] = match;
    const specifier = attribute === 'types' || /^[./]/.test(written) ? written : `./${written}`;
    const end = match.index + whole.length - 1;
    return { specifier, kind: 'static', typeOnly: true, start: end - written.length, end };
  });
}
