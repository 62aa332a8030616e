/** Reads import statements, once the walk has found that one starts. */
import { isWord, Kind, kindOf, nameEnd, skipBlank } from './lex.ts';

/** One module that a statement names. */
export interface Import {
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
  /** Imported names and what they are called here; undefined for `import a.b`. */
  readonly names: readonly Named[] | undefined;
  /** `import a as b`: b. */
  readonly alias: string | undefined;
}

export interface Named {
  readonly name: string;
  readonly alias: string | undefined;
}

export interface ImportStatement {
  readonly imports: readonly Import[];
  /** Where the reading stopped: at the end of the statement, or at what is not understood. */
  readonly end: number;
  readonly broken: boolean;
}

const DOT = 46;
const COMMA = 44;
const STAR = 42;
const OPEN = 40;
const CLOSE = 41;

/** The statement at `at`, if it is an import; `lazy import` of Python 3.15 as well. */
export function readImport(text: string, at: number): ImportStatement | undefined {
  if (isWord(text, at, 'import')) return readPlain(text, at + 'import'.length);
  if (isWord(text, at, 'from')) return readFrom(text, at + 'from'.length);
  if (!isWord(text, at, 'lazy')) return undefined;
  const next = skipBlank(text, at + 'lazy'.length, false);
  return isWord(text, next, 'import') || isWord(text, next, 'from') ? readImport(text, next) : undefined;
}

function readPlain(text: string, after: number): ImportStatement {
  const imports: Import[] = [];
  let at = after;
  for (;;) {
    const module = readDotted(text, skipBlank(text, at, false), false);
    if (module === undefined) return { imports, end: at, broken: true };
    const alias = readAlias(text, module.next, false);
    imports.push({ ...module, names: undefined, alias: alias.name });
    at = skipBlank(text, alias.next, false);
    if (text.charCodeAt(at) !== COMMA) return { imports, end: at, broken: false };
    at++;
  }
}

function readFrom(text: string, after: number): ImportStatement {
  const module = readDotted(text, skipBlank(text, after, false), true);
  if (module === undefined) return { imports: [], end: after, broken: true };
  const keyword = skipBlank(text, module.next, false);
  if (!isWord(text, keyword, 'import')) return { imports: [], end: module.next, broken: true };
  const list = readNames(text, skipBlank(text, keyword + 'import'.length, false));
  return { imports: [{ ...module, names: list.names, alias: undefined }], end: list.end, broken: list.broken };
}

interface Dotted {
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** A dotted name, blanks around the dots allowed; with `relative`, leading dots and nothing but dots as well. */
function readDotted(text: string, start: number, relative: boolean): Dotted | undefined {
  let specifier = '';
  let at = start;
  let end = start;
  while (relative && text.charCodeAt(at) === DOT) {
    specifier += '.';
    end = at + 1;
    at = skipBlank(text, end, false);
  }
  for (;;) {
    const stop = nameEnd(text, at);
    const name = text.slice(at, stop);
    if (name === '' || name === 'import') break;
    specifier += identifier(name);
    end = stop;
    at = skipBlank(text, end, false);
    if (text.charCodeAt(at) !== DOT) return { specifier, start, end, next: end };
    specifier += '.';
    at = skipBlank(text, at + 1, false);
  }
  // Without a name at the end only `from . import x` is sound.
  return end > start && text.charCodeAt(end - 1) === DOT ? { specifier, start, end, next: end } : undefined;
}

/** Python compares identifiers in this normal form, so `import ﬁle` imports `file`. */
function identifier(name: string): string {
  for (let at = 0; at < name.length; at++) if (name.charCodeAt(at) > 127) return name.normalize('NFKC');
  return name;
}

function readAlias(text: string, after: number, inBrackets: boolean): { name: string | undefined; next: number } {
  const keyword = skipBlank(text, after, inBrackets);
  if (!isWord(text, keyword, 'as')) return { name: undefined, next: after };
  const start = skipBlank(text, keyword + 2, inBrackets);
  const next = nameEnd(text, start);
  return { name: identifier(text.slice(start, next)), next };
}

interface NameList {
  readonly names: readonly Named[];
  readonly end: number;
  readonly broken: boolean;
}

function readNames(text: string, start: number): NameList {
  if (text.charCodeAt(start) === STAR)
    return { names: [{ name: '*', alias: undefined }], end: start + 1, broken: false };
  const names: Named[] = [];
  const brackets = text.charCodeAt(start) === OPEN;
  let at = brackets ? start + 1 : start;
  for (;;) {
    at = skipBlank(text, at, brackets);
    if (brackets && text.charCodeAt(at) === CLOSE) return { names, end: at + 1, broken: names.length === 0 };
    if (kindOf(text.charCodeAt(at)) !== Kind.name) return { names, end: at, broken: true };
    const end = nameEnd(text, at);
    const alias = readAlias(text, end, brackets);
    names.push({ name: identifier(text.slice(at, end)), alias: alias.name });
    at = skipBlank(text, alias.next, brackets);
    if (text.charCodeAt(at) === COMMA) at++;
    else if (!brackets) return { names, end: at, broken: false };
    else if (text.charCodeAt(at) !== CLOSE) return { names, end: at, broken: true };
  }
}
