import type { RawFinding } from '../../../protocol/finding.ts';
import { isTestPath } from '../../scopes/path-rules.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import type { GuardContext } from '../guard.ts';
import type { Chain, Walk } from './chains.ts';
import { findCircles } from './circles.ts';
import type { Facts } from './facts.ts';
import { filesOf, findingAt, type Import } from './imports.ts';
import type { Baseline } from './new-only.ts';

/** Packages by id: which others each needs at run time, and the files that say so. */
type Needs = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** Without any rule: packages of the workspace that need each other at run time, outside their tests. */
export async function inspectPackageCircles(
  facts: Facts,
  context: GuardContext,
  baseline: () => Promise<Baseline | undefined>,
): Promise<RawFinding[]> {
  const { scopes, everything } = context;
  if (scopes.scopes.length < 2) return [];
  const packages = packagesOf(scopes);
  // Only an import that leaves its package can close a circle, and only a changed file can have a new one.
  const reach = everything
    ? [...packages]
    : (await newNeeds(facts, context, baseline)).filter((id) => packages.has(id));
  const needs = needsOf(facts, scopes, reach);
  if (circlesOf(needs).length === 0) return [];
  const base = await baseline();
  const before = base === undefined ? undefined : needsOf(base.facts, base.scopes, [...packagesOf(base.scopes)]);
  const isNew = before === undefined ? undefined : (from: string, to: string) => before.get(from)?.has(to) !== true;
  return confirmed(facts, scopes, needs, isNew);
}

function packagesOf({ scopes }: ScopeMap): ReadonlySet<string> {
  return new Set(scopes.filter((scope) => scope.root !== '' && scope.projects.length > 0).map((scope) => scope.id));
}

/** Packages that a changed file needs, and did not need before. */
async function newNeeds(
  facts: Facts,
  { change, scopes }: GuardContext,
  baseline: () => Promise<Baseline | undefined>,
): Promise<readonly string[]> {
  const leaves = leavesScope(facts, scopes);
  const leaving = change.files.filter((file) => leaves(facts.graph.indexOf(file.path) ?? -1));
  const needs: string[] = [];
  for (const { path, from = path } of leaving) {
    const base = await baseline();
    const before = new Set(base === undefined ? [] : othersOf(base.facts, base.scopes, from));
    needs.push(...othersOf(facts, scopes, path).filter((other) => !before.has(other)));
  }
  return needs;
}

function othersOf(facts: Facts, scopes: ScopeMap, path: string): readonly string[] {
  const own = scopes.of(path)?.id;
  const needed = facts.cheap(path).flatMap((found) => neededBy(found, scopes) ?? []);
  return [...new Set(needed)].filter((other) => other !== own);
}

function leavesScope({ graph }: Facts, scopes: ScopeMap): (index: number) => boolean {
  return (index) => {
    const own = scopes.of(graph.paths[index] ?? '');
    return graph.dependencies(index).some((target) => scopes.of(graph.paths[target] ?? '') !== own);
  };
}

/** Of these packages, and of all that they need, however far. */
function needsOf(facts: Facts, scopes: ScopeMap, from: readonly string[]): Map<string, Map<string, Set<string>>> {
  const packages = packagesOf(scopes);
  let files: ReadonlyMap<string, readonly string[]> | undefined;
  const needs = new Map<string, Map<string, Set<string>>>();
  const seen = new Set(from);
  for (const own of seen) {
    // Every path is looked at, so only where a package is asked about.
    files ??= filesByPackage(facts, scopes, packages);
    for (const path of files.get(own) ?? []) {
      for (const other of othersOf(facts, scopes, path)) {
        if (!packages.has(other)) continue;
        seen.add(other);
        const others = needs.get(own) ?? new Map<string, Set<string>>();
        needs.set(own, others.set(other, (others.get(other) ?? new Set()).add(path)));
      }
    }
  }
  return needs;
}

/** Those that need something outside of their package, tests and configuration left out. */
function filesByPackage(
  facts: Facts,
  scopes: ScopeMap,
  packages: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const { graph } = facts;
  const leaves = leavesScope(facts, scopes);
  const files = new Map<string, string[]>();
  graph.paths.forEach((path, index) => {
    const own = scopes.of(path)?.id;
    if (own === undefined || !packages.has(own) || isTestPath(path) || /\.config\.\w+$/.test(path)) return;
    if (!leaves(index)) return;
    const known = files.get(own);
    if (known === undefined) files.set(own, [path]);
    else known.push(path);
  });
  return files;
}

function neededBy(found: Import, scopes: ScopeMap): string | undefined {
  const [target] = filesOf(found);
  return target === undefined || found.reference.typeOnly ? undefined : scopes.of(target)?.id;
}

function circlesOf(needs: Needs, isNew?: (from: string, to: string) => boolean): string[][] {
  const ids = [...needs.keys()];
  const position = new Map(ids.map((id, index) => [id, index]));
  const edges = (index: number): readonly number[] =>
    [...(needs.get(ids[index] ?? '')?.keys() ?? [])].flatMap((id) => position.get(id) ?? []);
  const walk: Walk = { count: ids.length, edges, rough: edges, dependents: () => [] };
  const name = (index: number): string => ids[index] ?? '';
  const newStep = isNew === undefined ? undefined : (from: number, to: number) => isNew(name(from), name(to));
  return findCircles(walk, () => true, newStep).map((circle: Chain) => circle.map(name));
}

/** Each step of a circle is looked for in an exact reading; one that is only a comment is taken out, and circles are sought anew. */
async function confirmed(
  facts: Facts,
  scopes: ScopeMap,
  needs: ReturnType<typeof needsOf>,
  isNew: ((from: string, to: string) => boolean) | undefined,
): Promise<RawFinding[]> {
  const witnesses = new Map<string, Import>();
  for (;;) {
    const circles = circlesOf(needs, isNew);
    let certain = true;
    for (const [from, to] of circles.flatMap(pairs)) {
      const key = `${from}\0${to}`;
      const witness = witnesses.get(key) ?? (await witnessOf(facts, scopes, needs, from, to));
      if (witness !== undefined) witnesses.set(key, witness);
      else certain = needs.get(from)?.delete(to) !== true && certain;
    }
    if (certain) return circles.flatMap((circle) => circleFinding(facts, circle, witnesses, isNew));
  }
}

async function witnessOf(
  facts: Facts,
  scopes: ScopeMap,
  needs: Needs,
  from: string,
  to: string,
): Promise<Import | undefined> {
  for (const path of needs.get(from)?.get(to) ?? []) {
    const { imports } = await facts.exact(path);
    const witness = imports.find((found) => neededBy(found, scopes) === to);
    if (witness !== undefined) return witness;
  }
  return undefined;
}

function pairs(circle: readonly string[]): [string, string][] {
  return circle.slice(1).map((to, at) => [circle[at] ?? '', to]);
}

function circleFinding(
  facts: Facts,
  circle: readonly string[],
  witnesses: ReadonlyMap<string, Import>,
  isNew: ((from: string, to: string) => boolean) | undefined,
): RawFinding[] {
  const [from, to] = pairs(circle).find((pair) => isNew?.(...pair) ?? true) ?? ['', ''];
  const witness = witnesses.get(`${from}\0${to}`);
  if (witness === undefined) return [];
  return [
    findingAt(witness, facts.tree.read(witness.path) ?? '', {
      code: 'boundary/circular',
      message: `the packages ${circle.join(' → ')} need each other`,
      because: 'packages in a circle can be neither built nor published one by one',
      data: { circle },
    }),
  ];
}
