import type { Change, ChangedFile, WideningReason } from '../change/change.ts';
import type { ImportGraph } from '../graph/import-graph.ts';
import type { Tree } from '../ports.ts';
import type { BlastRadius, Fate, Reach, ReachReason } from './blast-radius.ts';
import { type InertRules, isManifest, isTestPath, wideningRule } from './path-rules.ts';
import type { ScopeMap } from './scope.ts';

export interface ExpandInput {
  readonly change: Change;
  readonly tree: Tree;
  readonly graph: ImportGraph;
  /** Graph of the base tree; needed where files were deleted or renamed. */
  readonly baseGraph: ImportGraph | undefined;
  readonly scopes: ScopeMap;
  readonly inert: InertRules;
  /** Configuration files of the checks that were found. */
  readonly toolConfig: ReadonlySet<string>;
}

/**
 * From the changed files to everything that may depend on them: breadth first along reversed imports, so that each
 * file keeps its least distance. What imports cannot explain spreads by scope; what no scope holds calls for everything.
 */
export function expand(input: ExpandInput): BlastRadius {
  const walk = new Walk(input);
  return walk.run();
}

class Walk {
  readonly #input: ExpandInput;
  readonly #fates = new Map<string, Fate>();
  readonly #reached = new Map<string, Reach>();
  readonly #scopes = new Map<string, number>();
  readonly #reasons: WideningReason[];
  readonly #queue: string[] = [];
  readonly #mapped = new Set<string>();
  readonly #spread = new Set<string>();
  #members: ReadonlyMap<string, readonly string[]> | undefined;
  #hidden: ReadonlyMap<string, readonly string[]> | undefined;
  #imports: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  constructor(input: ExpandInput) {
    this.#input = input;
    this.#reasons = [...input.change.reasons];
  }

  run(): BlastRadius {
    const { files } = this.#input.change;
    for (const file of files) this.#fates.set(file.path, this.#fateOf(file));
    // Seeds at distance 1 come after all those at 0, so that the queue stays sorted by distance.
    for (const file of files.flatMap(endsOf)) if (this.#mapped.has(file.path)) this.#seedDependents(file);
    for (let at = 0; at < this.#queue.length; at++) this.#visit(this.#queue[at] ?? '');
    const scopes = new Map([...this.#scopes].sort((a, b) => a[1] - b[1]));
    return { fates: this.#fates, reached: this.#reached, scopes, reasons: this.#reasons };
  }

  /** Of a rename the end that matters more. */
  #fateOf(file: ChangedFile): Fate {
    const fates = endsOf(file).map((end) => this.#seed(end));
    const order = ['widened', 'mapped', 'inert'] as const;
    return order.flatMap((kind) => fates.find((fate) => fate.kind === kind) ?? [])[0] ?? this.#seed(file);
  }

  #seed(file: ChangedFile): Fate {
    const { inert, scopes } = this.#input;
    const reason = this.#wideningReason(file);
    // The configuration says what is inert; it cannot say so of itself.
    if (reason?.code === 'harness-config') return this.#widen(reason);
    const configured = inert.configured(file.path);
    if (configured !== undefined) return { kind: 'inert', rule: configured, configured: true };
    if (reason !== undefined) return this.#widen(reason);
    const builtIn = inert.builtIn(file.path);
    if (builtIn !== undefined && !this.#isImported(file)) return { kind: 'inert', rule: builtIn, configured: false };
    const scope = scopes.of(file.path);
    if (scope === undefined && !this.#isKnownSource(file)) {
      return this.#widen({ code: 'unmapped', path: file.path, text: 'the path belongs to no scope' });
    }
    this.#mapped.add(file.path);
    if (!isOldName(file)) this.#reach(file.path, { distance: 0 });
    return { kind: 'mapped', scope: scope?.id };
  }

  #widen(reason: WideningReason): Fate {
    this.#reasons.push(reason);
    this.#reach(reason.path ?? '', { distance: 0 });
    return { kind: 'widened', reason };
  }

  #wideningReason(file: ChangedFile): WideningReason | undefined {
    const { toolConfig, scopes } = this.#input;
    const { path } = file;
    if (file.entry === 'submodule')
      return { code: 'submodule', path, text: 'a submodule or nested repository changed' };
    const scope = scopes.of(path);
    const own =
      isManifest(path) &&
      scope !== undefined &&
      scope.root !== '' &&
      scope.projects.some((project) => project.manifest === path);
    const rule = wideningRule(path, toolConfig, own);
    if (rule !== undefined) return rule;
    // Beside packages, what lies outside all of them may serve any of them.
    const loose = scope?.root === '' && scopes.scopes.length > 1 && !this.#isKnownSource(file) && !isTestPath(path);
    const inertLike = this.#input.inert.builtIn(path) !== undefined;
    return loose && !inertLike ? { code: 'unmapped', path, text: 'the path lies outside every package' } : undefined;
  }

  #isKnownSource(file: ChangedFile): boolean {
    return this.#sourceIn(this.#input.graph, file.path) || this.#sourceIn(this.#input.baseGraph, file.path);
  }

  #sourceIn(graph: ImportGraph | undefined, path: string): boolean {
    const index = graph?.indexOf(path);
    return index !== undefined && graph?.isSource(index) === true;
  }

  #isImported(file: ChangedFile): boolean {
    return (
      this.#dependents(this.#input.graph, file.path).length > 0 ||
      this.#dependents(this.#input.baseGraph, file.path).length > 0
    );
  }

  #dependents(graph: ImportGraph | undefined, path: string): readonly string[] {
    const index = graph?.indexOf(path);
    if (graph === undefined || index === undefined) return [];
    return graph.dependents(index).map((dependent) => graph.paths[dependent] ?? '');
  }

  /** What no import explains: who named the file before it went, and what may read it without naming it. */
  #seedDependents(file: ChangedFile): void {
    if (file.status === 'deleted' || file.status === 'type') {
      for (const path of this.#dependents(this.#input.baseGraph, file.path)) {
        this.#reach(path, { distance: 1, via: { path: file.path, why: 'imported-deleted' } });
      }
    }
    const source = this.#isKnownSource(file);
    if (isManifest(file.path)) this.#spreadScope(file.path, 'same-scope', 1);
    else if (!source) this.#spreadScope(file.path, isTestPath(file.path) ? 'test-data' : 'same-scope', 1);
    else if (!this.#isImported(file) && !isTestPath(file.path)) this.#spreadScope(file.path, 'same-scope', 1);
    else if (/(^|\/)conftest\.py$/.test(file.path)) this.#spreadScope(file.path, 'test-data', 1);
  }

  #reach(path: string, reach: Reach): void {
    const known = this.#reached.get(path);
    if (known !== undefined && known.distance <= reach.distance) return;
    if (path === '') return;
    this.#reached.set(path, reach);
    this.#queue.push(path);
  }

  #visit(path: string): void {
    const reach = this.#reached.get(path);
    if (reach === undefined) return;
    const next = reach.distance + 1;
    const scope = this.#input.scopes.of(path)?.id;
    if (scope !== undefined && (this.#scopes.get(scope) ?? Number.POSITIVE_INFINITY) > reach.distance) {
      this.#enterScope(scope, path, reach.distance);
    }
    for (const dependent of this.#dependents(this.#input.graph, path)) {
      this.#reach(dependent, { distance: next, via: { path, why: 'imports' } });
    }
  }

  /** The first file of a scope brings along who loads by name inside it, and scopes that need it without an import. */
  #enterScope(scope: string, path: string, distance: number): void {
    const first = !this.#scopes.has(scope);
    this.#scopes.set(scope, distance);
    if (!first) return;
    const { graph } = this.#input;
    for (const member of [scope, ...this.#needing(scope)].flatMap((near) => this.#membersOf(near))) {
      const index = graph.indexOf(member);
      if (index === undefined || member === path) continue;
      const loose = graph.isComputed(index) || graph.unanalysed(index) !== undefined;
      if (loose) this.#reach(member, { distance: distance + 1, via: { path, why: 'computed' } });
    }
    for (const dependent of this.#hiddenDependents(scope)) {
      for (const member of this.#membersOf(dependent)) {
        this.#reach(member, { distance: distance + 1, via: { path, why: 'manifest' } });
      }
    }
  }

  #spreadScope(path: string, why: ReachReason, distance: number): void {
    const scope = this.#input.scopes.of(path)?.id;
    if (scope === undefined || this.#spread.has(`${scope}\0${why}`)) return;
    this.#spread.add(`${scope}\0${why}`);
    for (const member of this.#membersOf(scope)) {
      if (member === path || (why === 'test-data' && !isTestPath(member))) continue;
      this.#reach(member, { distance, via: { path, why } });
    }
  }

  #membersOf(scope: string): readonly string[] {
    this.#members ??= Map.groupBy(this.#input.tree.paths, (path) => this.#input.scopes.of(path)?.id ?? '');
    return this.#members.get(scope) ?? [];
  }

  /** Scopes that import the given one or name it in their manifest: what they load by a computed name may lie in it. */
  #needing(scope: string): readonly string[] {
    this.#imports ??= scopeImports(this.#input.graph, this.#input.scopes);
    const imports = this.#imports;
    const { scopes } = this.#input.scopes;
    return scopes
      .filter((other) => other.dependsOn.includes(scope) || imports.get(other.id)?.has(scope) === true)
      .map((other) => other.id);
  }

  /** Scopes whose manifest needs the given one though none of their files imports any of its. */
  #hiddenDependents(scope: string): readonly string[] {
    this.#hidden ??= hiddenDependents(this.#input);
    return this.#hidden.get(scope) ?? [];
  }
}

/** A rename is a file that went and one that came: either may matter though the other is inert. */
function endsOf(file: ChangedFile): ChangedFile[] {
  if (file.status !== 'renamed' || file.from === undefined) return [file];
  const { from, ...rest } = file;
  return [
    { ...file, path: from, status: 'deleted' },
    { ...rest, status: 'added' },
  ];
}

function isOldName(file: ChangedFile): boolean {
  return file.status === 'deleted' && file.from !== undefined;
}

function hiddenDependents({ scopes, graph }: ExpandInput): ReadonlyMap<string, readonly string[]> {
  const hidden = new Map<string, string[]>();
  if (!scopes.scopes.some((scope) => scope.dependsOn.length > 0)) return hidden;
  const imports = scopeImports(graph, scopes);
  for (const scope of scopes.scopes) {
    for (const needed of scope.dependsOn) {
      if (imports.get(scope.id)?.has(needed) === true) continue;
      hidden.set(needed, [...(hidden.get(needed) ?? []), scope.id]);
    }
  }
  return hidden;
}

/** Which scope imports which, from the real graph: what manifests hide and what they merely claim. */
export function scopeImports(graph: ImportGraph, scopes: ScopeMap): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = graph.paths.map((path) => scopes.of(path)?.id);
  const found = new Map<string, Set<string>>();
  graph.paths.forEach((_, index) => {
    const own = ids[index];
    if (own === undefined) return;
    for (const target of graph.dependencies(index)) {
      const other = ids[target];
      if (other === undefined || other === own) continue;
      const set = found.get(own) ?? new Set();
      found.set(own, set.add(other));
    }
  });
  return found;
}
