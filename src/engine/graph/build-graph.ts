import type { Extraction, Language, Reference, Resolver } from '../language.ts';
import type { Digest, Store, Tree } from '../ports.ts';
import { createGraph, type GraphNode, type SourceGraph } from './import-graph.ts';

export interface GraphDeps {
  readonly languages: readonly Language[];
  readonly store: Store;
  readonly digest: Digest;
}

/** Raise it when extraction or resolution changes what it answers. */
const VERSION = 5;
const EDGES = 'cache/graph.json';
const REFERENCES = 'cache/references.json';

/** What resolution gave last time: good for every unchanged file while the set of files and the manifests are the same. */
interface EdgeCache {
  readonly version: number;
  readonly layout: string;
  readonly digests: readonly (string | null)[];
  readonly nodes: readonly (CachedNode | null)[];
}

/** Edges, then `1` where computed, then the reason where unanalysed. */
type CachedNode = readonly [edges: readonly number[], computed?: 0 | 1, unanalysed?: string];

/** Extractions by content; survives any move of files. */
interface ReferenceCache {
  readonly version: number;
  readonly extractions: Readonly<Record<string, CachedExtraction>>;
}

type CachedExtraction = readonly [references: readonly Reference[], unanalysed?: string];

/**
 * The import graph of a tree. Unchanged files come from the cache, keyed by content (git blob ids); resolution is
 * redone for every file as soon as a file or manifest came, went or moved, since any import may then mean another file.
 */
export async function buildGraph(tree: Tree, deps: GraphDeps): Promise<SourceGraph> {
  await Promise.all(deps.languages.map((language) => language.ready?.()));
  const build = new GraphBuild(tree, deps);
  return build.run();
}

const UNREADABLE = 'unreadable, binary or larger than 4 MiB';

class GraphBuild {
  readonly #tree: Tree;
  readonly #deps: GraphDeps;
  readonly #languageOf = new Map<string, Language | undefined>();
  readonly #resolvers = new Map<Language, Resolver>();
  #positions: ReadonlyMap<string, number> | undefined;
  #extractions: Map<string, CachedExtraction> | undefined;
  #dirty = false;

  constructor(tree: Tree, deps: GraphDeps) {
    this.#tree = tree;
    this.#deps = deps;
  }

  run(): SourceGraph {
    const { paths } = this.#tree;
    const layout = this.#layout();
    const cached = this.#readEdges();
    const usable = cached?.layout === layout && cached.digests.length === paths.length ? cached : undefined;
    const digests = paths.map((path) =>
      this.#language(path) === undefined ? null : (this.#tree.digest(path) ?? null),
    );
    let fresh = usable === undefined;
    const nodes = paths.map((path, index) => {
      if (this.#language(path) === undefined) return undefined;
      const known = usable?.nodes[index];
      if (known != null && digests[index] !== null && usable?.digests[index] === digests[index])
        return fromCache(known);
      fresh = true;
      return this.#node(path, digests[index] ?? undefined);
    });
    if (fresh) this.#save(layout, digests, nodes);
    return {
      ...createGraph(paths, nodes),
      references: (path) => this.#references(path),
      resolve: (path, reference) => this.#resolver(path)?.resolve(path, reference) ?? { kind: 'unresolved' },
    };
  }

  #references(path: string): Extraction {
    if (this.#language(path) === undefined) return { references: [] };
    const [references, unanalysed] = this.#extract(path, this.#tree.digest(path));
    return unanalysed === undefined ? { references } : { references, unanalysed };
  }

  #language(path: string): Language | undefined {
    const dot = path.lastIndexOf('.');
    const extension = dot < path.lastIndexOf('/') ? '' : path.slice(dot);
    if (!this.#languageOf.has(extension)) {
      this.#languageOf.set(
        extension,
        extension === '' ? undefined : this.#deps.languages.find((language) => language.matches(`a${extension}`)),
      );
    }
    return this.#languageOf.get(extension);
  }

  #layout(): string {
    const parts = this.#tree.paths.map((path) =>
      this.#deps.languages.some((language) => language.isLayout(path)) ? `${path}\0${this.#tree.digest(path)}` : path,
    );
    return this.#deps.digest(parts.join('\n'));
  }

  #node(path: string, digest: string | undefined): GraphNode {
    const [references, unanalysed] = this.#extract(path, digest);
    const resolver = this.#resolver(path);
    const positions = this.#positionMap();
    const own = positions.get(path);
    const edges = new Set<number>();
    let computed = false;
    for (const reference of references) {
      if (reference.specifier === undefined) computed = true;
      const resolution = resolver?.resolve(path, reference);
      if (resolution?.kind !== 'files') continue;
      for (const target of resolution.paths) {
        const position = positions.get(target);
        if (position !== undefined && position !== own) edges.add(position);
      }
    }
    return { edges: [...edges], computed, ...(unanalysed === undefined ? {} : { unanalysed }) };
  }

  #extract(path: string, digest: string | undefined): CachedExtraction {
    this.#extractions ??= this.#readExtractions();
    // The language reads some files by their name's ending, so content alone is not the whole key.
    const key = digest === undefined ? undefined : `${digest}${path.slice(path.lastIndexOf('.'))}`;
    const known = key === undefined ? undefined : this.#extractions.get(key);
    if (known !== undefined) return known;
    const extraction = this.#extractNow(path);
    // What could not be read now may be readable next time, under the same digest.
    if (extraction === undefined) return [[], UNREADABLE];
    const entry: CachedExtraction =
      extraction.unanalysed === undefined ? [extraction.references] : [extraction.references, extraction.unanalysed];
    if (key !== undefined) this.#extractions.set(key, entry);
    this.#dirty = true;
    return entry;
  }

  #extractNow(path: string): Extraction | undefined {
    const text = this.#tree.read(path);
    return text === undefined ? undefined : this.#language(path)?.extract(path, text);
  }

  #resolver(path: string): Resolver | undefined {
    const language = this.#language(path);
    if (language === undefined) return undefined;
    const known = this.#resolvers.get(language);
    if (known !== undefined) return known;
    const created = language.createResolver(this.#tree);
    this.#resolvers.set(language, created);
    return created;
  }

  #positionMap(): ReadonlyMap<string, number> {
    this.#positions ??= new Map(this.#tree.paths.map((path, index) => [path, index]));
    return this.#positions;
  }

  #readEdges(): EdgeCache | undefined {
    const value = parseJson(this.#deps.store.read(EDGES)) as EdgeCache | undefined;
    const whole = value?.version === VERSION && Array.isArray(value.nodes) && Array.isArray(value.digests);
    return whole && value.nodes.every((node) => isNode(node, value.nodes.length)) ? value : undefined;
  }

  #readExtractions(): Map<string, CachedExtraction> {
    const value = parseJson(this.#deps.store.read(REFERENCES)) as ReferenceCache | undefined;
    return new Map(value?.version === VERSION ? Object.entries(value.extractions ?? {}) : []);
  }

  #save(layout: string, digests: readonly (string | null)[], nodes: readonly (GraphNode | undefined)[]): void {
    const known = digests.map((digest, index) => (nodes[index]?.unanalysed === UNREADABLE ? null : digest));
    const edges: EdgeCache = { version: VERSION, layout, digests: known, nodes: nodes.map(toCache) };
    this.#deps.store.write(EDGES, JSON.stringify(edges));
    if (!this.#dirty || this.#extractions === undefined) return;
    // Contents that no file has any more are kept for a while: branch switches bring them back.
    const kept = [...this.#extractions].slice(-3 * Math.max(1000, nodes.length));
    this.#deps.store.write(REFERENCES, JSON.stringify({ version: VERSION, extractions: Object.fromEntries(kept) }));
  }
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A broken cache is no cache.
    return undefined;
  }
}

function isNode(node: unknown, count: number): boolean {
  if (node === null) return true;
  const edges: unknown = Array.isArray(node) ? node[0] : undefined;
  return Array.isArray(edges) && edges.every((edge) => Number.isInteger(edge) && edge >= 0 && edge < count);
}

function fromCache(node: CachedNode): GraphNode {
  const [edges, computed, unanalysed] = node;
  return { edges, computed: computed === 1, ...(unanalysed === undefined ? {} : { unanalysed }) };
}

function toCache(node: GraphNode | undefined): CachedNode | null {
  if (node === undefined) return null;
  if (node.unanalysed !== undefined) return [node.edges, node.computed ? 1 : 0, node.unanalysed];
  return node.computed ? [node.edges, 1] : [node.edges];
}
