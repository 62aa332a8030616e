import type { SourceGraph } from '../../graph/import-graph.ts';
import type { Extraction, Language } from '../../language.ts';
import type { Tree } from '../../ports.ts';
import { declaredAt } from './declared.ts';
import type { Import } from './imports.ts';
import { namedTargets } from './named-targets.ts';

export interface Reading {
  readonly imports: readonly Import[];
  readonly unanalysed?: string;
}

/** The imports of one tree, cheap or exact. */
export interface Facts {
  readonly tree: Tree;
  readonly graph: SourceGraph;
  /** As the cheap reading has them: none missing but what `mayHide`, some that are none. */
  cheap(path: string): readonly Import[];
  /** Whether something in the text may be an import that the cheap reading cannot see. */
  mayHide(path: string): boolean;
  /** Whether the cheap reading is as good as the exact one. */
  isExact(path: string): boolean;
  exact(path: string): Promise<Reading>;
}

/** Files that hold types alone. */
const DECLARATIONS = /\.(?:pyi|d\.[cm]?ts)$/;

type Exact = (path: string, text: string) => Extraction;

/**
 * `require` handed on or renamed, resolution without loading, computed `import()`, and types in JSDoc. Each line is looked
 * at from its first `*` or `/**` alone, lest many of them take time that grows with their square.
 */
const HIDDEN =
  /\brequire\b(?!\s*(?:\.resolve\s*)?(?:<[^()]{0,200}>)?\(\s*['"`])|createRequire|getBuiltinModule|import\.meta\.\w*(?:resolve|require)|\bimport\s*\(\s*[^'"\s]|^(?:[^\S\n\r\u2028\u2029]*\*|(?:(?!\/\*\*).)*\/\*\*).*(?:@import\b|\bimport\s*\()/m;

/** A merge has left both of its sides: what is broken is for the exact reading to say. */
const CONFLICT = /^[<>]{7} /m;

export function createFacts(tree: Tree, graph: SourceGraph, languages: readonly Language[]): Facts {
  const exactOf = new Map<Language, Promise<Exact>>();
  const open = (language: Language): Promise<Exact> => {
    const known = exactOf.get(language) ?? language.openExact?.() ?? Promise.resolve(language.extract);
    exactOf.set(language, known);
    return known;
  };
  const resolved = (path: string, { references }: Extraction): Import[] =>
    references.map((reference) => ({
      path,
      reference: DECLARATIONS.test(path) ? { ...reference, typeOnly: true } : reference,
      resolution: namedTargets(reference, graph.resolve(path, reference)),
    }));
  const languageOf = (path: string): Language | undefined => languages.find((language) => language.matches(path));
  const isExact = (path: string): boolean => languageOf(path)?.openExact === undefined;
  const read = async (path: string): Promise<Reading> => {
    const language = languageOf(path);
    const text = tree.read(path);
    if (language === undefined) return { imports: [] };
    if (text === undefined) return { imports: [], unanalysed: 'unreadable, binary or larger than 4 MiB' };
    const extraction = (await open(language))(path, text);
    const { unanalysed } = extraction;
    return { imports: resolved(path, extraction), ...(unanalysed === undefined ? {} : { unanalysed }) };
  };
  const cheap = remember((path) => resolved(path, graph.references(path)));
  return {
    tree,
    graph,
    cheap,
    isExact,
    exact: remember(read),
    mayHide: remember((path) => {
      if (isExact(path)) return false;
      const text = tree.read(path) ?? '';
      const read = new Set(graph.references(path).references.map(({ start }) => start));
      const unread = declaredAt(text).some((at) => !read.has(at));
      return unread || CONFLICT.test(text) || graph.isComputed(graph.indexOf(path) ?? -1) || HIDDEN.test(text);
    }),
  };
}

function remember<T>(make: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const found = known.get(path) ?? make(path);
    known.set(path, found);
    return found;
  };
}
