import type { RawFinding } from '../../../protocol/finding.ts';
import type { SourceGraph } from '../../graph/import-graph.ts';
import { isTestPath } from '../../scopes/path-rules.ts';
import type { GuardContext } from '../guard.ts';
import { type Chain, findChains, findCircles } from './chains.ts';
import { layerOf, namesOf } from './direct.ts';
import { compileEnds, type EndSet } from './ends.ts';
import type { Facts } from './facts.ts';
import { findingAt, type Import } from './imports.ts';
import type { CompiledRule } from './rules.ts';

/** What no import breaks by itself: chains through third files, and circles. */
export async function inspectWholes(
  facts: Facts,
  rules: readonly CompiledRule[],
  context: GuardContext,
): Promise<RawFinding[]> {
  const found: RawFinding[] = [];
  for (const rule of rules) {
    const edges = edgesFor(facts, rule.allowTypes);
    for (const { chain, code, message } of wholesOf(rule, facts, edges)) {
      const finding = await placeChain(chain, facts, {
        code,
        message,
        because: rule.because,
        index: rule.index,
        allowTypes: rule.allowTypes,
      });
      if (finding !== undefined) found.push(finding);
    }
  }
  return [...found, ...(await packageCircles(facts, context))];
}

interface Whole {
  readonly chain: Chain;
  readonly code: string;
  readonly message: string;
}

type Edges = (index: number) => readonly number[];

function wholesOf(rule: CompiledRule, facts: Facts, edges: Edges): Whole[] {
  switch (rule.kind) {
    case 'deny':
      return rule.reachable ? reachable(rule, facts, edges) : [];
    case 'layers':
      return throughLayers(rule, facts.graph, edges);
    case 'independent':
      return throughOthers(rule, facts.graph, edges);
    case 'circular':
      return findCircles(facts.graph, edges, rule.among).map((chain) => ({
        chain,
        code: 'boundary/circular',
        message: 'these imports lead back to where they started',
      }));
    case 'allow':
    case 'strict':
      return [];
    default:
      return rule satisfies never;
  }
}

function reachable(rule: CompiledRule & { kind: 'deny' }, facts: Facts, edges: Edges): Whole[] {
  const { graph } = facts;
  const isStart = (path: string): boolean => rule.from.matchesFile(path) && !rule.except.matchesFile(path);
  const mayPass = (path: string): boolean => !rule.except.matchesFile(path);
  const message = `${namesOf(rule.from)} may not reach ${namesOf(rule.to)}, not even through other files`;
  const search = { graph, edges, isStart, mayPass };
  const importers = importersOf(rule, facts);
  return [
    ...findChains({ ...search, isEnd: (path) => rule.to.matchesFile(path), leastImports: 2 }),
    ...findChains({ ...search, isEnd: (path) => importers.has(path) && !isStart(path), leastImports: 1 }),
  ].map((chain) => ({ chain, code: 'boundary/reachable', message }));
}

/** Files that import a package or builtin the rule denies. */
function importersOf(rule: CompiledRule & { kind: 'deny' }, facts: Facts): ReadonlySet<string> {
  const outside = rule.to.ends.some((end) => end.kind === 'package' || end.kind === 'builtin');
  if (!outside) return new Set();
  const imports = (path: string): boolean =>
    facts
      .cheap(path)
      .some(
        ({ resolution, reference }) =>
          resolution.kind !== 'files' &&
          !(rule.allowTypes && reference.typeOnly) &&
          rule.to.find(resolution) !== undefined,
      );
  return new Set(facts.graph.paths.filter((path, index) => facts.graph.isSource(index) && imports(path)));
}

/** From a lower layer by way of files in no layer to a higher one. */
function throughLayers(rule: CompiledRule & { kind: 'layers' }, graph: SourceGraph, edges: Edges): Whole[] {
  const level = graph.paths.map((path) => layerOf(rule.layers, path));
  const levelOf = new Map(graph.paths.map((path, index) => [path, level[index]]));
  const sets = rule.layers.flatMap((siblings, depth) => siblings.map((set) => ({ set, depth, name: namesOf(set) })));
  return sets.flatMap(({ set, depth, name }) => {
    const isEnd = (path: string): boolean => {
      const other = levelOf.get(path);
      return other !== undefined && other.name !== name && other.level <= depth;
    };
    const chains = findChains({
      graph,
      edges,
      isStart: (path) => set.matchesFile(path),
      isEnd,
      mayPass: (path) => levelOf.get(path) === undefined,
      leastImports: 2,
    });
    return chains.map((chain) => ({
      chain,
      code: 'boundary/layer',
      message: `layer ${name} may not reach ${levelOf.get(chain.at(-1) ?? '')?.name ?? '?'}, not even through other files`,
    }));
  });
}

function throughOthers(rule: CompiledRule & { kind: 'independent' }, graph: SourceGraph, edges: Edges): Whole[] {
  return rule.members.flatMap((member) => {
    const others = rule.members.filter((other) => other !== member);
    const isEnd = (path: string): boolean => others.some((other) => other.matchesFile(path));
    const chains = findChains({
      graph,
      edges,
      isStart: (path) => member.matchesFile(path),
      isEnd,
      mayPass: () => true,
      leastImports: 2,
    });
    return chains.map((chain) => ({
      chain,
      code: 'boundary/dependent',
      message: `${namesOf(member)} is to stay independent of ${others.map(namesOf).join(', ')}`,
    }));
  });
}

/** Edges of the graph; where types are let through, only those that some import makes at run time. */
function edgesFor(facts: Facts, allowTypes: boolean): Edges {
  if (!allowTypes) return (index) => facts.graph.dependencies(index);
  const known = new Map<number, readonly number[]>();
  return (index) => {
    const cached = known.get(index);
    if (cached !== undefined) return cached;
    const imports = facts.cheap(facts.graph.paths[index] ?? '').filter(({ reference }) => !reference.typeOnly);
    const targets = imports.flatMap(({ resolution }) => (resolution.kind === 'files' ? resolution.paths : []));
    const found = [...new Set(targets.flatMap((path) => facts.graph.indexOf(path) ?? []))].filter(
      (target) => target !== index,
    );
    known.set(index, found);
    return found;
  };
}

interface Words {
  readonly code: string;
  readonly message: string;
  readonly because: string | undefined;
  readonly index: number;
  readonly allowTypes: boolean;
}

/** Put at the import that begins the chain; every step is confirmed by an exact reading, so that no comment makes a chain. */
async function placeChain(chain: Chain, facts: Facts, words: Words): Promise<RawFinding | undefined> {
  let first: Import | undefined;
  for (let at = 0; at + 1 < chain.length; at++) {
    const step = await confirm(chain[at] ?? '', chain[at + 1] ?? '', facts, words.allowTypes);
    if (step === undefined) return undefined;
    first ??= step;
  }
  if (first === undefined) return undefined;
  const message = `${words.message}: ${chain.join(' → ')}`;
  return findingAt(first, facts.tree.read(first.path) ?? '', {
    code: words.code,
    message,
    because: words.because,
    data: { rule: words.index, chain },
  });
}

async function confirm(from: string, to: string, facts: Facts, allowTypes: boolean): Promise<Import | undefined> {
  const { imports } = await facts.exact(from);
  return imports.find(
    ({ reference, resolution }) =>
      resolution.kind === 'files' && resolution.paths.includes(to) && !(allowTypes && reference.typeOnly),
  );
}

/** Without any rule: packages of the workspace that need each other at run time, outside their tests. */
async function packageCircles(facts: Facts, { scopes, change, everything }: GuardContext): Promise<RawFinding[]> {
  if (scopes.scopes.length < 2) return [];
  const { graph } = facts;
  const leaves = (index: number): boolean => {
    const own = scopes.of(graph.paths[index] ?? '');
    return graph.dependencies(index).some((target) => scopes.of(graph.paths[target] ?? '') !== own);
  };
  // Only an import that leaves its package can close a circle, and only a changed file can have a new one.
  if (!everything && !change.files.some((file) => leaves(graph.indexOf(file.path) ?? -1))) return [];
  const packages = new Set(
    scopes.scopes.filter((scope) => scope.root !== '' && scope.projects.length > 0).map((scope) => scope.id),
  );
  const witness = new Map<string, Import>();
  const needs = new Map<string, Set<string>>();
  graph.paths.forEach((path, index) => {
    if (!leaves(index)) return;
    const own = scopes.of(path)?.id;
    if (own === undefined || !packages.has(own) || isTestPath(path) || /\.config\.\w+$/.test(path)) return;
    for (const found of facts.cheap(path)) {
      const target = found.resolution.kind === 'files' ? found.resolution.paths[0] : undefined;
      const other = target === undefined || found.reference.typeOnly ? undefined : scopes.of(target)?.id;
      if (other === undefined || other === own || !packages.has(other)) continue;
      needs.set(own, (needs.get(own) ?? new Set()).add(other));
      if (!witness.has(`${own}\0${other}`)) witness.set(`${own}\0${other}`, found);
    }
  });
  return circlesOfScopes([...packages], needs).flatMap((circle) => {
    const first = witness.get(`${circle[0]}\0${circle[1]}`);
    if (first === undefined) return [];
    const message = `the packages ${circle.join(' → ')} need each other`;
    return [
      findingAt(first, facts.tree.read(first.path) ?? '', {
        code: 'boundary/circular',
        message,
        because: 'packages in a circle can be neither built nor published one by one',
        data: { circle },
      }),
    ];
  });
}

function circlesOfScopes(ids: readonly string[], needs: ReadonlyMap<string, ReadonlySet<string>>): Chain[] {
  const position = new Map(ids.map((id, index) => [id, index]));
  const edges = (index: number): readonly number[] =>
    [...(needs.get(ids[index] ?? '') ?? [])].flatMap((id) => position.get(id) ?? []);
  const every: EndSet = {
    ...compileEnds([], { scopes: [], get: () => undefined, of: () => undefined }),
    matchesFile: () => true,
  };
  return findCircles({ paths: ids } as SourceGraph, edges, every);
}
