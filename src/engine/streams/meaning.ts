import type { SourceGraph } from '../graph/import-graph.ts';
import type { Analysis } from '../language.ts';
import { declarationsOf } from './declarations.ts';
import { usersOf } from './users.ts';

/** A file as it was where two working trees parted, and as it is in one of them. */
export interface TextChange {
  readonly path: string;
  /** The path it had, for a rename. */
  readonly from: string | undefined;
  readonly before: string | undefined;
  /** Undefined where it is gone. */
  readonly after: string | undefined;
}

export interface ChangedExports {
  /** Path under which others know the file. */
  readonly path: string;
  readonly names: readonly string[];
  /** Nobody can name it by that path any more. */
  readonly gone: boolean;
}

export interface UsedExport {
  readonly path: string;
  readonly names: readonly string[];
  readonly gone: boolean;
  readonly users: readonly string[];
}

/** Full parse of a text; undefined for a file of no language. */
export type Analyse = (path: string, text: string) => Promise<Analysis | undefined>;

/** What of a changed file others may have used and is no longer what it was: in more than comments and blanks. */
export async function changedExports(
  changes: readonly TextChange[],
  analyse: Analyse,
): Promise<readonly ChangedExports[]> {
  const found: ChangedExports[] = [];
  for (const { path, from, before, after } of changes) {
    if (before === undefined) continue;
    const known = from ?? path;
    const then = exportsOf(known, await withoutComments(known, before, analyse));
    const gone = from !== undefined || after === undefined;
    const now = after === undefined ? new Map() : exportsOf(path, await withoutComments(path, after, analyse));
    const names = [...then].filter(([name, text]) => gone || now.get(name) !== text).map(([name]) => name);
    if (names.length > 0) found.push({ path: known, names, gone });
  }
  return found;
}

/** Which of them the files that another working tree changed use, by that tree's own graph. */
export async function usedExports(
  changed: readonly ChangedExports[],
  graph: SourceGraph,
  files: ReadonlySet<string>,
  read: (path: string) => string | undefined,
  analyse: Analyse,
): Promise<readonly UsedExport[]> {
  const found: UsedExport[] = [];
  for (const { path, names, gone } of changed) {
    const used = new Set<string>();
    const users: string[] = [];
    for (const user of usersOf(graph, path).keys()) {
      const text = files.has(user) ? read(user) : undefined;
      if (text === undefined) continue;
      // A file may be called as what it exports: where it is named is no use of that.
      const specifiers = graph.references(user).references;
      const plain = await withoutComments(user, text, analyse, specifiers);
      const own = namedIn(plain, names, importedAs(graph, user, path, text));
      for (const name of own) used.add(name);
      if (own.length > 0) users.push(user);
    }
    if (users.length > 0)
      found.push({ path, names: names.filter((name) => used.has(name)), gone, users: users.sort() });
  }
  return found;
}

function exportsOf(path: string, text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, exported, text: own } of declarationsOf(path, text)) {
    // What another file exports under names of its own is looked at there.
    if (exported && name !== '*') found.set(name, `${found.get(name) ?? ''}${own}`);
  }
  return found;
}

function namedIn(text: string, names: readonly string[], takesDefault: boolean): readonly string[] {
  return names.filter((name) => {
    if (name === 'default') return takesDefault;
    return new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(text);
  });
}

/** Whether a file takes what another exports without a name. */
function importedAs(graph: SourceGraph, user: string, path: string, text: string): boolean {
  return graph.references(user).references.some((reference) => {
    const resolution = graph.resolve(user, reference);
    if (resolution.kind !== 'files' || !resolution.paths.includes(path)) return false;
    if (reference.kind === 'require' || reference.kind === 'dynamic') return true;
    const statement = text.slice(Math.max(0, reference.start - 400), reference.end);
    const own = statement.slice(Math.max(0, statement.lastIndexOf('import'), statement.lastIndexOf('export')));
    return /^import\s+(type\s+)?(?!type\b)[\w$]+/.test(own) || /\bdefault\b/.test(own);
  });
}

/** Strings that stand alone are Python's way to comment. */
const DOCSTRING = /^[ \t]*[rRuU]?("""|''')[\s\S]*?\1[ \t]*$/gm;

interface Span {
  readonly start: number;
  readonly end: number;
}

async function withoutComments(
  path: string,
  text: string,
  analyse: Analyse,
  more: readonly Span[] = [],
): Promise<string> {
  const analysis = await analyse(path, text);
  const isPython = /\.pyi?$/.test(path);
  const quoted = more.filter(({ start }) => isPython || /["'`]/.test(text.charAt(start - 1)));
  const spans: readonly Span[] = [...(analysis?.comments ?? []), ...quoted].sort((a, b) => a.start - b.start);
  let kept = '';
  let at = 0;
  for (const { start, end } of spans) {
    if (start < at) continue;
    kept += text.slice(at, start);
    at = end;
  }
  kept += text.slice(at);
  return isPython ? kept.replace(DOCSTRING, '') : kept;
}
