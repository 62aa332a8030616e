import { type Import, parse } from 'es-module-lexer';
import type { Extraction, Reference, ReferenceKind } from '../../engine/language.ts';

/**
 * Every place where a module names another one. Static syntax comes from es-module-lexer; what it does not speak of
 * (`require`, `import x = require()`, mocks, globs, `new URL`, reference directives) is found by pattern, which also
 * meets comments: for a graph that decides what to check, one edge too many is right and one too few is not.
 */
export function extractReferences(path: string, text: string): Extraction {
  const source = scriptText(path, text);
  const lexed = lex(source);
  const references = [...(lexed.references ?? importPatterns(source)), ...callPatterns(source)];
  return lexed.error === undefined ? { references } : { references, unanalysed: lexed.error };
}

/** Script blocks of a single-file component, in place; everything else blanked so that offsets stay true. */
export function scriptText(path: string, text: string): string {
  if (!/\.(vue|svelte|astro)$/.test(path)) return text;
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  let out = '';
  let last = 0;
  const blocks = path.endsWith('.astro') ? /(^|\n)---\n([\s\S]*?)\n---/g : /(<script\b[^>]*>)([\s\S]*?)<\/script>/gi;
  for (const match of text.matchAll(blocks)) {
    const start = match.index + match[0].indexOf(match[2] ?? '', (match[1] ?? '').length);
    const end = start + (match[2] ?? '').length;
    out += blank(text.slice(last, start)) + text.slice(start, end);
    last = end;
  }
  return out + blank(text.slice(last));
}

function lex(source: string): { references?: Reference[]; error?: string } {
  try {
    const [imports] = parse(source);
    return { references: imports.flatMap((found) => fromLexer(found)) };
  } catch (error) {
    // JSX and some TypeScript defeat the lexer; the patterns below still find what such files import.
    return looksBroken(source) ? { error: `does not lex: ${String(error).slice(0, 120)}` } : {};
  }
}

/** A conflict marker or a NUL is no JavaScript; anything else the lexer refuses is usually JSX. */
function looksBroken(source: string): boolean {
  return /^(<{7}|>{7}) /m.test(source) || source.includes('\0');
}

function fromLexer(found: Import): Reference[] {
  if (found.type === 'import-meta') return [];
  const kind: ReferenceKind =
    found.type === 'dynamic' ? 'dynamic' : found.type === 'reexport-star' ? 'reexport' : 'static';
  const glob = found.type === 'dynamic' && found.glob;
  return [
    {
      specifier: found.specifier,
      ...(glob ? { glob } : {}),
      kind,
      typeOnly: 'typeOnly' in found && found.typeOnly === true,
      start: found.start,
      end: found.end,
    },
  ];
}

const STRING = String.raw`(?:'([^'\n]*)'|"([^"\n]*)"|\`([^\`]*)\`)`;
const IMPORTS = new RegExp(
  String.raw`\b(?:import|export)\s+(type\s)?(?:[\w$*\s{},]+?\bfrom\s*)?${STRING}|\bimport\s*\(\s*${STRING}`,
  'g',
);

/** For files the lexer refuses: import and export declarations and `import()` by pattern. */
function importPatterns(source: string): Reference[] {
  return [...source.matchAll(IMPORTS)].map((match) => {
    const dynamic = /^import\s*\(/.test(match[0]);
    const text = match[2] ?? match[3] ?? match[4] ?? match[5] ?? match[6] ?? match[7] ?? '';
    const kind = dynamic ? 'dynamic' : match[0].startsWith('export') ? 'reexport' : 'static';
    return reference(text, kind, match, match[1] !== undefined);
  });
}

const CALLEES = String.raw`(?:[\w$]+\.)?(?:require(?:\.resolve|Actual|Mock)?|mock|unmock|doMock|doUnmock|importActual|importMock|dontMock|proxyquire|createMockFromModule)|import\.meta\.(?:resolve|glob(?:Eager)?)|new\s+URL`;
const CALLS = new RegExp(String.raw`(?<![\w$])(${CALLEES})\s*(?:<[^()]*>)?\(\s*\[?\s*${STRING}`, 'g');
const COMPUTED_REQUIRE = /(?<![\w$.])require(?:\.resolve)?\s*\(\s*(?!['"`)\s])/g;
const DIRECTIVE = /^\/\/\/\s*<reference\s+(?:path|types)\s*=\s*["']([^"']+)["']/gm;
const ALIAS = /(?:const|let|var)\s+([\w$]+)\s*=\s*(?:(?:[\w$]+\.)?createRequire\s*\(|require\s*[;,\n])/g;
const WORTH_A_LOOK = /require|[mM]ock|import\.meta|new\s+URL|<reference|importActual/;

function callPatterns(source: string): Reference[] {
  if (!WORTH_A_LOOK.test(source)) return [];
  const found: Reference[] = [];
  for (const match of source.matchAll(CALLS)) {
    const text = match[2] ?? match[3] ?? match[4] ?? '';
    const glob = /glob/.test(match[1] ?? '') || (match[4] !== undefined && text.includes('${'));
    const url = /URL$/.test(match[1] ?? '');
    if (url && !/^\.{1,2}\//.test(text)) continue;
    found.push(reference(text, /require/.test(match[1] ?? '') ? 'require' : 'dynamic', match, false, glob));
  }
  for (const match of source.matchAll(COMPUTED_REQUIRE)) found.push(computed(match));
  for (const match of source.matchAll(DIRECTIVE)) found.push(reference(match[1] ?? '', 'static', match, true));
  for (const match of source.matchAll(ALIAS)) found.push(...aliasCalls(source, match[1] ?? ''));
  return found;
}

function aliasCalls(source: string, name: string): Reference[] {
  if (name === 'require') return [];
  const call = new RegExp(String.raw`(?<![\w$.])${name.replaceAll('$', '\\$')}(?:\.resolve)?\s*\(\s*${STRING}`, 'g');
  return [...source.matchAll(call)].map((match) =>
    reference(match[1] ?? match[2] ?? match[3] ?? '', 'require', match, false, (match[3] ?? '').includes('${')),
  );
}

function reference(
  text: string,
  kind: ReferenceKind,
  match: RegExpExecArray,
  typeOnly: boolean,
  glob = false,
): Reference {
  const start = match.index + Math.max(0, match[0].lastIndexOf(text));
  const specifier = glob ? text.replace(/\$\{[^}]*\}/g, '*') : text;
  return { specifier, ...(glob ? { glob } : {}), kind, typeOnly, start, end: start + text.length };
}

function computed(match: RegExpExecArray): Reference {
  const start = match.index;
  return { specifier: undefined, kind: 'require', typeOnly: false, start, end: start + match[0].length };
}
