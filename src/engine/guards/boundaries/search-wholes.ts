import { type Chain, findChains, reachedFrom, type Walk } from './chains.ts';
import { layerOf, namesOf } from './direct.ts';
import type { Baseline } from './new-only.ts';
import { outsideImport, outsideName } from './outside.ts';
import type { CompiledRule, DenyRule } from './rules.ts';
import { Search, type Whole } from './search.ts';
import type { Steps } from './steps.ts';

/**
 * All that breaks a rule as a whole; with a base, what has a new step.
 * @param touched files whose steps alone may be new, where not any file's may
 */
export function searchWhole(
  rule: CompiledRule,
  steps: Steps,
  base: Baseline | undefined,
  touched: ReadonlySet<number> | undefined,
): Whole[] {
  const search = new Search(rule, steps, base, touched);
  switch (rule.kind) {
    case 'deny':
      return rule.reachable ? reachable(rule, search) : [];
    case 'layers':
      return throughLayers(rule, search);
    case 'independent':
      return throughOthers(rule, search);
    case 'circular':
      return search.circles(rule.among);
    case 'allow':
    case 'strict':
      return [];
    default:
      return rule satisfies never;
  }
}

function reachable(rule: DenyRule, search: Search): Whole[] {
  const isStart = (path: string): boolean => rule.from.matchesFile(path) && !rule.except.matchesFile(path);
  const mayPass = (path: string): boolean => !rule.except.matchesFile(path);
  const isEnd = (path: string): boolean => rule.to.matchesFile(path) && !rule.except.matchesFile(path);
  const message = `${namesOf(rule.from)} may not reach ${namesOf(rule.to)}, not even through other files`;
  const files = search
    .chains(isStart, isEnd, mayPass)
    .map((chain) => search.whole(chain, 'boundary/reachable', message));
  return [...files, ...reachableOutside(rule, search, isStart, mayPass, message)];
}

/** Packages and builtins are one more node, which whoever imports any of them leads to. */
function reachableOutside(
  rule: DenyRule,
  search: Search,
  isStart: (path: string) => boolean,
  mayPass: (path: string) => boolean,
  message: string,
): Whole[] {
  if (!rule.to.ends.some((end) => end.kind === 'package' || end.kind === 'builtin')) return [];
  const { walk, paths, steps } = search;
  const starts = paths.flatMap((path, index) => (isStart(path) ? [index] : []));
  const reached = reachedFrom(starts, walk);
  const { touched } = search;
  const passed =
    touched === undefined
      ? reached
      : reachedFrom(
          [...reached].filter((index) => touched.has(index)),
          walk,
        );
  const importers = [...passed].filter((index) => outsideImport(paths[index] ?? '', rule, steps) !== undefined);
  if (importers.length === 0) return [];
  const outside = walk.count;
  const leading = new Set(importers);
  const extended: Walk = {
    count: walk.count + 1,
    edges: (index) => (leading.has(index) ? [...walk.edges(index), outside] : walk.edges(index)),
    rough: (index) => walk.rough(index),
    dependents: (index) => (index === outside ? importers : walk.dependents(index)),
  };
  const isNew = (from: number, to: number): boolean =>
    to === outside ? search.isNewOutside(from, rule) : search.isNew(from, to);
  const chains = findChains({
    walk: extended,
    isStart: (index) => index !== outside && isStart(paths[index] ?? ''),
    isEnd: (index) => index === outside,
    mayPass: (index) => mayPass(paths[index] ?? ''),
    isNew: search.comparing ? isNew : undefined,
  });
  return chains.map((chain) => {
    const files = chain.slice(0, -1);
    const whole = search.whole(files, 'boundary/reachable', message);
    const newAt = chain.findIndex((from, at) => at + 1 < chain.length && isNew(from, chain[at + 1] ?? 0));
    return {
      ...whole,
      newAt: Math.max(0, newAt),
      direct: chain.length < 3,
      outside: outsideName(whole.files.at(-1) ?? '', rule, steps),
    };
  });
}

/** From a lower layer by way of files in no layer to a higher one, or to a sibling. */
function throughLayers(rule: CompiledRule & { kind: 'layers' }, search: Search): Whole[] {
  const layers = new Map(search.paths.map((path) => [path, layerOf(rule.layers, path)]));
  const all = rule.layers.flatMap((siblings, level) => siblings.map((set) => ({ name: namesOf(set), level })));
  return all.flatMap((from) => {
    const above = all.filter(({ name, level }) => name !== from.name && level <= from.level).map(({ name }) => name);
    return eachReached(search, above, {
      isStart: (path) => layers.get(path)?.name === from.name,
      nameOf: (path) => layers.get(path)?.name,
      mayPass: (path) => layers.get(path) === undefined,
    }).map(([to, chain]) =>
      search.whole(chain, 'boundary/layer', `layer ${from.name} may not reach ${to}, not even through other files`),
    );
  });
}

function throughOthers(rule: CompiledRule & { kind: 'independent' }, search: Search): Whole[] {
  const members = new Map(search.paths.map((path) => [path, rule.members.find((set) => set.matchesFile(path))]));
  const nameOf = (path: string): string | undefined => {
    const member = members.get(path);
    return member === undefined ? undefined : namesOf(member);
  };
  const names = rule.members.map(namesOf);
  return names.flatMap((from) => {
    const others = names.filter((name) => name !== from);
    const isStart = (path: string): boolean => nameOf(path) === from;
    return eachReached(search, others, { isStart, nameOf, mayPass: (path) => nameOf(path) === undefined }).map(
      ([to, chain]) => search.whole(chain, 'boundary/dependent', `${from} is to stay independent of ${to}`),
    );
  });
}

/** Chains to each of several groups of files by itself, since the nearest would hide the others; all at once first, as mostly there are none. */
function eachReached(
  search: Search,
  groups: readonly string[],
  how: {
    isStart(path: string): boolean;
    nameOf(path: string): string | undefined;
    mayPass(path: string): boolean;
  },
): [string, Chain][] {
  const reached = new Set(groups);
  const isEnd = (path: string): boolean => reached.has(how.nameOf(path) ?? '');
  if (search.chains(how.isStart, isEnd, how.mayPass).length === 0) return [];
  return groups.flatMap((group) =>
    search
      .chains(how.isStart, (path) => how.nameOf(path) === group, how.mayPass)
      .map((chain): [string, Chain] => [group, chain]),
  );
}
