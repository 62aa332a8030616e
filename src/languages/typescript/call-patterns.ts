import type { Reference, ReferenceKind } from '../../engine/language.ts';
import { literalReference } from './import-patterns.ts';
import { readArguments, readLiteral, skipBlanks } from './literal-text.ts';
import { argumentsStart, assignedNames, closingParenthesis } from './text-walk.ts';

/** Whatever stands before the last dot (`jest`, `vi`, `module`, the name of a namespace import) does not matter. */
const CALLEE =
  /(?<![\w$])(?:createRequire|require(?:\.resolve|\.context|Actual|Mock)?|mock|unmock|doMock|doUnmock|dontMock|importActual|importMock|proxyquire|createMockFromModule|import\.meta\.(?:resolve|glob(?:Eager)?|webpackContext)|new\s+URL)(?![\w$])/g;

/** Calls that load a module, stand one in for it or name a file, those in comments and strings included. */
export function callPatterns(source: string): Reference[] {
  const found: Reference[] = [];
  const aliases = new Set<string>();
  for (const match of source.matchAll(CALLEE)) {
    const [callee] = match;
    const at = match.index;
    const open = argumentsStart(source, at + callee.length);
    if (callee === 'createRequire' || (callee === 'require' && open === undefined))
      for (const name of assignedNames(source, at)) aliases.add(name);
    if (open !== undefined) found.push(...called(source, callee, at, open));
  }
  // Such a name is found as what it is already.
  aliases.delete('require');
  return aliases.size === 0 ? found : [...found, ...aliasCalls(source, aliases)];
}

function called(source: string, callee: string, at: number, open: number): Reference[] {
  switch (callee) {
    case 'createRequire':
      return calledAtOnce(source, open);
    case 'require':
    case 'require.resolve': {
      // A property of that name may be anybody's: what it is given counts, that it is given something else does not.
      const own = source[at - 1] !== '.' || source.endsWith('module.', at);
      return own ? loads(source, at, open, 'require') : literals(source, open, 'require');
    }
    case 'import.meta.resolve':
      return loads(source, at, open, 'dynamic');
    case 'import.meta.glob':
    case 'import.meta.globEager':
      return literals(source, open, 'dynamic').map((reference) => ({ ...reference, glob: true }));
    case 'require.context':
    case 'import.meta.webpackContext':
      return literals(source, open, 'dynamic').map((folder) => ({
        ...folder,
        specifier: `${folder.specifier}/**`,
        glob: true,
      }));
    case 'requireActual':
    case 'requireMock':
      return literals(source, open, 'require');
    default:
      return callee.endsWith('URL') ? assets(source, open) : literals(source, open, 'dynamic');
  }
}

/** Strings alone; one that begins with `!` takes files out of a glob. */
function literals(source: string, open: number, kind: ReferenceKind): Reference[] {
  return readArguments(source, open)
    .literals.filter(({ specifier }) => specifier !== undefined && !specifier.startsWith('!'))
    .map((literal) => literalReference(literal, kind, false));
}

/** Strings, and that it is none where any module may be meant. */
function loads(source: string, at: number, open: number, kind: ReferenceKind): Reference[] {
  const { literals: found, computed } = readArguments(source, open);
  const references = found.map((literal) => literalReference(literal, kind, false));
  return computed ? [...references, { specifier: undefined, kind, typeOnly: false, start: at, end: open }] : references;
}

/** `createRequire(import.meta.url)('./a')`. */
function calledAtOnce(source: string, open: number): Reference[] {
  const close = closingParenthesis(source, open);
  return close === undefined ? [] : callOf(source, close, close + 1);
}

function callOf(source: string, at: number, end: number): Reference[] {
  const resolve = '.resolve';
  const open = argumentsStart(source, source.startsWith(resolve, end) ? end + resolve.length : end);
  return open === undefined ? [] : loads(source, at, open, 'require');
}

function aliasCalls(source: string, aliases: ReadonlySet<string>): Reference[] {
  return [...source.matchAll(/(?<![\w$.])[\w$]+/g)].flatMap(({ 0: name, index }) =>
    aliases.has(name) ? callOf(source, index, index + name.length) : [],
  );
}

/** `new URL('./a.wasm', import.meta.url)`; a URL is relative to its base without a dot as well, and `.` is a folder. */
function assets(source: string, open: number): Reference[] {
  const literal = readLiteral(source, skipBlanks(source, open));
  if (literal?.specifier === undefined || /^(?:[a-z][\w+.-]*:|[/#?]|\.{1,2}$)/i.test(literal.specifier)) return [];
  const found = literalReference(literal, 'dynamic', false);
  if (/^\.{1,2}\//.test(literal.specifier)) return [found];
  const next = skipBlanks(source, literal.end + 1);
  const base = source.charAt(skipBlanks(source, next + 1));
  if (source[next] !== ',' || /['"`)]/.test(base)) return [];
  return [{ ...found, specifier: `./${literal.specifier}` }];
}
