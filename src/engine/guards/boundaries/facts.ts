import type { SourceGraph } from '../../graph/import-graph.ts';
import type { Extraction, Language } from '../../language.ts';
import type { Tree } from '../../ports.ts';
import type { Import } from './imports.ts';

/** The imports of one tree, cheap or exact. */
export interface Facts {
  readonly tree: Tree;
  readonly graph: SourceGraph;
  /** As the cheap reading has them: none missing but what hides behind an alias, some that are none. */
  cheap(path: string): readonly Import[];
  /** Whether something in the text may be an import that the cheap reading cannot see. */
  isSuspicious(path: string): boolean;
  exact(path: string): Promise<{ readonly imports: readonly Import[]; readonly unanalysed?: string }>;
}

type Exact = (path: string, text: string) => Extraction;

/** `require` handed on or renamed, and resolution without loading. */
const HIDDEN = /\brequire\b(?!\s*(?:\.resolve\s*)?(?:<[^()]*>)?\(\s*['"`])|import\.meta\.resolve/;

export function createFacts(tree: Tree, graph: SourceGraph, languages: readonly Language[]): Facts {
  const exactOf = new Map<Language, Promise<Exact>>();
  const open = (language: Language): Promise<Exact> => {
    const known = exactOf.get(language) ?? language.openExact?.() ?? Promise.resolve(language.extract);
    exactOf.set(language, known);
    return known;
  };
  const resolved = (path: string, { references }: Extraction): Import[] =>
    references.map((reference) => ({ path, reference, resolution: graph.resolve(path, reference) }));
  const languageOf = (path: string): Language | undefined => languages.find((language) => language.matches(path));
  return {
    tree,
    graph,
    cheap: (path) => resolved(path, graph.references(path)),
    isSuspicious: (path) => languageOf(path)?.openExact !== undefined && HIDDEN.test(tree.read(path) ?? ''),
    exact: async (path) => {
      const language = languageOf(path);
      const text = tree.read(path);
      if (language === undefined) return { imports: [] };
      if (text === undefined) return { imports: [], unanalysed: 'unreadable, binary or larger than 4 MiB' };
      const extraction = (await open(language))(path, text);
      const { unanalysed } = extraction;
      return { imports: resolved(path, extraction), ...(unanalysed === undefined ? {} : { unanalysed }) };
    },
  };
}
