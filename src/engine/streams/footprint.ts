import type { Footprint, PlanProblem } from '../../protocol/streams.ts';
import type { SourceGraph } from '../graph/import-graph.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Tree } from '../ports.ts';
import type { ScopeMap } from '../scopes/scope.ts';
import { plural } from '../text.ts';
import { type NamedThings, namedInText, symbolsOf } from './named-in-text.ts';
import type { DraftStream } from './parse-plan.ts';
import { matchPattern, placePattern } from './path-pattern.ts';

export interface Ground {
  readonly tree: Tree;
  readonly graph: SourceGraph;
  readonly scopes: ScopeMap;
  /** Files in which names are defined. */
  symbols(names: ReadonlySet<string>): ReadonlyMap<string, readonly string[]>;
  /** What may depend on these files, themselves left out. */
  reach(files: readonly string[]): readonly string[];
}

export interface FoundFootprint {
  readonly footprint: Footprint;
  readonly problems: readonly PlanProblem[];
}

/** What a stream will touch: what it declares, else what its text names. */
export function findFootprint(stream: DraftStream, ground: Ground): FoundFootprint {
  const gathered = new Gathered(ground);
  const { paths, scopes } = stream.declared;
  for (const { value, line } of paths) gathered.declarePath(value, line);
  for (const { value, line } of scopes) gathered.declareScope(value, line);
  if (paths.length + scopes.length === 0) gathered.readText(namedInText(stream.text));
  return gathered.result();
}

const MAX_BECAUSE = 12;

class Gathered {
  readonly #ground: Ground;
  readonly #files = new Set<string>();
  readonly #fresh = new Set<string>();
  readonly #because: string[] = [];
  readonly #problems: PlanProblem[] = [];

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  declarePath(value: string, line: number): void {
    const placed = placePattern(value);
    if (placed.kind === 'outside') {
      this.#problems.push({ line, message: `"${value}" leads out of the repository: paths are relative to its root.` });
      return;
    }
    const files = matchPattern(placed.pattern, this.#ground.tree.paths);
    if (files.length === 0) this.#fresh.add(placed.pattern);
    this.#add(files, `paths: ${value}${files.length === 0 ? ' (nothing there yet)' : ''}`);
  }

  declareScope(value: string, line: number): void {
    const { scopes } = this.#ground;
    const scope = scopes.get(value);
    if (scope !== undefined) {
      this.#add(this.#filesOf(value), `scope: ${value}`);
      return;
    }
    const ids = scopes.scopes.map(({ id }) => id);
    const near = nearestWord(value, ids);
    const advice = near === undefined ? `There are: ${ids.slice(0, 20).join(', ')}.` : `Did you mean "${near}"?`;
    this.#problems.push({ line, message: `There is no scope "${value}". ${advice}` });
  }

  /** Files first: a scope that is named beside a file of it only says where that is. */
  readText(named: NamedThings): void {
    for (const path of named.paths) this.#namePath(path);
    const { scopes } = this.#ground;
    const known = [...named.words, ...named.scopes].filter((word) => scopes.get(word) !== undefined);
    this.#nameSymbols(named.words.filter((word) => !known.includes(word)));
    const touched = new Set([...this.#files].map((path) => scopes.of(path)?.id));
    for (const id of new Set(known)) if (!touched.has(id)) this.#add(this.#filesOf(id), `names scope ${id}`);
  }

  result(): FoundFootprint {
    const { scopes, reach } = this.#ground;
    const files = [...this.#files].sort();
    const ids = new Set(files.flatMap((path) => scopes.of(path)?.id ?? []));
    const because =
      this.#because.length <= MAX_BECAUSE
        ? this.#because
        : [...this.#because.slice(0, MAX_BECAUSE), `and ${this.#because.length - MAX_BECAUSE} more`];
    const reaches = files.length === 0 ? [] : reach(files);
    return {
      footprint: { files, fresh: [...this.#fresh].sort(), scopes: [...ids].sort(), reaches, because },
      problems: this.#problems,
    };
  }

  #namePath(path: string): void {
    const placed = placePattern(path);
    if (placed.kind === 'outside') return;
    const { paths } = this.#ground.tree;
    const files = matchPattern(placed.pattern, paths);
    if (files.length > 0) {
      this.#add(files, `names ${path}${files.length > 1 ? ` (${plural(files.length, 'file')})` : ''}`);
      return;
    }
    const ends = paths.filter((known) => known.endsWith(`/${placed.pattern}`));
    const [only] = ends;
    if (only !== undefined && ends.length === 1) this.#add(ends, `names ${path} (${only})`);
    else if (only === undefined && /^[^*]+\/[^/]*\.\w{1,10}$/.test(placed.pattern) && this.#hasFolder(placed.pattern)) {
      this.#fresh.add(placed.pattern);
      this.#because.push(`names ${path} (nothing there yet)`);
    }
  }

  /** A file that is to be made is made in a folder that is there, or in one below it. */
  #hasFolder(path: string): boolean {
    const top = `${path.split('/')[0] ?? ''}/`;
    return this.#ground.tree.paths.some((known) => known.startsWith(top));
  }

  #nameSymbols(words: readonly string[]): void {
    const names = new Set(words.flatMap(symbolsOf));
    const homes = this.#ground.symbols(names);
    for (const word of words) {
      const parts = symbolsOf(word);
      const home = parts.map((part) => homes.get(part)).find((paths) => paths !== undefined);
      if (home !== undefined) this.#add(home, `names \`${word}\` (${home.join(', ')})`);
    }
  }

  #filesOf(scope: string): readonly string[] {
    const { tree, scopes } = this.#ground;
    return tree.paths.filter((path) => scopes.of(path)?.id === scope);
  }

  #add(files: readonly string[], because: string): void {
    for (const file of files) this.#files.add(file);
    if (!this.#because.includes(because)) this.#because.push(because);
  }
}
