import type { Extraction, Reference } from '../../engine/language.ts';
import { commentEnd, isWord, lineEnd, literalEnd, NEWLINE, skipTrivia, wordEnd } from './lexer.ts';

interface Header {
  readonly imports: readonly ImportSpec[];
  readonly packageAt: number;
  readonly packageEnd: number;
  /** Where the first declaration that is no import begins. */
  readonly end: number;
}

interface ImportSpec {
  readonly alias: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Built alone with `go run`, by convention of the tag `ignore`. */
const STANDALONE = /^\/\/(?:go:build|[ \t]*\+build)[ \t]+ignore[ \t\r]*$/m;

export function extractGo(text: string): Extraction {
  const header = readHeader(text);
  if (!header) return { references: [], unanalysed: 'no package clause' };
  const references: Reference[] = [];
  if (!isStandalone(text.slice(0, header.packageAt))) {
    references.push(reference('.', header.packageAt, header.packageEnd, 'implicit'));
  }
  for (const spec of header.imports) references.push(reference(spec.path, spec.start, spec.end));
  const plugins = new Set(header.imports.filter(({ path }) => path === 'plugin').map(({ alias }) => alias || 'plugin'));
  if (plugins.size > 0 || text.includes('//go:embed')) scanBody(text, header.end, plugins, references);
  return { references };
}

/** Whether the comments before a package clause take the file out of its package. */
export function isStandalone(head: string): boolean {
  return head.includes('ignore') && STANDALONE.test(head);
}

function reference(
  specifier: string | undefined,
  start: number,
  end: number,
  kind: Reference['kind'] = 'static',
): Reference {
  return { specifier, kind, typeOnly: false, start, end };
}

function readHeader(text: string): Header | undefined {
  let at = skipTrivia(text, 0);
  if (!isKeyword(text, at, 'package')) return undefined;
  const packageAt = at;
  const nameAt = skipTrivia(text, at + 'package'.length);
  const packageEnd = wordEnd(text, nameAt);
  if (packageEnd === nameAt) return undefined;
  const imports: ImportSpec[] = [];
  // Comments behind the last import are left to the body, where a directive may be among them.
  let end = packageEnd;
  for (;;) {
    at = skipTrivia(text, end);
    if (!isKeyword(text, at, 'import')) return { imports, packageAt, packageEnd, end };
    end = readImports(text, at + 'import'.length, imports);
  }
}

function isKeyword(text: string, at: number, word: string): boolean {
  return text.startsWith(word, at) && !isWord(text.charCodeAt(at + word.length));
}

/** One import or a group in parentheses, from behind the keyword. */
function readImports(text: string, from: number, into: ImportSpec[]): number {
  let at = skipTrivia(text, from);
  if (text[at] !== '(') return readSpec(text, at, into);
  at = skipTrivia(text, at + 1);
  while (at < text.length && text[at] !== ')') {
    const end = readSpec(text, at, into);
    if (end === at) return at;
    at = skipTrivia(text, end);
  }
  return Math.min(at + 1, text.length);
}

function readSpec(text: string, from: number, into: ImportSpec[]): number {
  const aliasEnd = text[from] === '.' ? from + 1 : wordEnd(text, from);
  const at = skipTrivia(text, aliasEnd);
  if (text[at] !== '"' && text[at] !== '`') return from;
  const end = literalEnd(text, at);
  const path = text.slice(at + 1, end - 1);
  if (path !== '') into.push({ alias: text.slice(from, aliasEnd), path, start: at + 1, end: end - 1 });
  return end;
}

/** The rest of the file is read only where something in the header or a directive makes it matter. */
function scanBody(text: string, from: number, plugins: ReadonlySet<string>, into: Reference[]): void {
  let lineStart = true;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const comment = commentEnd(text, at);
    if (comment > at) {
      if (lineStart && text.startsWith('//go:embed', at)) readEmbed(text, at, comment, into);
      at = comment;
    } else if (isWord(code)) {
      const end = wordEnd(text, at);
      if (plugins.has(text.slice(at, end)) && text[at - 1] !== '.') readPluginOpen(text, at, end, into);
      at = end;
    } else {
      at = Math.max(literalEnd(text, at), at + 1);
    }
    lineStart = code === NEWLINE || (lineStart && code <= 32);
  }
}

function readEmbed(text: string, at: number, end: number, into: Reference[]): void {
  let from = at + '//go:embed'.length;
  if (text.charCodeAt(from) > 32) return;
  while (from < end) {
    if (text.charCodeAt(from) <= 32) {
      from++;
      continue;
    }
    const quoted = literalEnd(text, from);
    const stop = Math.min(quoted > from ? quoted : blankAfter(text, from), end);
    const pattern = quoted > from ? text.slice(from + 1, stop - 1) : text.slice(from, stop);
    if (pattern !== '') into.push(reference(`embed:${pattern}`, from, stop));
    from = stop;
  }
}

function blankAfter(text: string, from: number): number {
  const end = lineEnd(text, from);
  for (let at = from; at < end; at++) if (text.charCodeAt(at) <= 32) return at;
  return end;
}

/** A plugin is a built file, known by name at best; which source it was built from no one can say. */
function readPluginOpen(text: string, at: number, nameEnd: number, into: Reference[]): void {
  const call = /\s*\.\s*Open\s*\(\s*(?:"([^"\\\n]*)"\s*\)|`([^`]*)`\s*\))?/y;
  call.lastIndex = nameEnd;
  const found = call.exec(text);
  if (found) into.push(reference(found[1] ?? found[2], at, call.lastIndex, 'dynamic'));
}
