import { type Chain, findChains, reachedFrom, type Walk } from './chains.ts';
import { findCircles } from './circles.ts';
import { layerOf, namesOf } from './direct.ts';
import type { EndSet } from './ends.ts';
import type { Baseline } from './new-only.ts';
import { outsideImport, outsideName } from './outside.ts';
import type { CompiledRule, DenyRule } from './rules.ts';
import type { Steps } from './steps.ts';

/** A chain or circle that breaks a rule. */
export interface Whole {
  /** From the file that the rule speaks of; a circle ends with the file that it began with. */
  readonly files: readonly string[];
  /** The package or builtin that the last file imports, where the chain leads out of the tree. */
  readonly outside?: string;
  /** Place in `files` of the one whose import is new; zero where nothing is compared. */
  readonly newAt: number;
  readonly code: string;
  readonly message: string;
}

/** All that breaks a rule as a whole; with a base, what has a new step. */
export function searchWhole(rule: CompiledRule, steps: Steps, base: Baseline | undefined): Whole[] {
  const search = new Search(rule, steps, base);
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

class Search {
  readonly steps: Steps;
  readonly paths: readonly string[];
  readonly walk: Walk;
  readonly #base: Baseline | undefined;
  readonly #baseWalk: Walk | undefined;

  constructor(rule: CompiledRule, steps: Steps, base: Baseline | undefined) {
    this.steps = steps;
    this.paths = steps.facts.graph.paths;
    this.walk = steps.walk(rule.allowTypes);
    this.#base = base;
    this.#baseWalk = base?.steps.walk(rule.allowTypes);
  }

  /** Whether the base lacks a step between two files. */
  isNew(from: number, to: number): boolean {
    if (this.#base === undefined || this.#baseWalk === undefined) return true;
    const { graph } = this.#base.facts;
    const [before, target] = [from, to].map((index) => graph.indexOf(this.#before(index)));
    return before === undefined || target === undefined || !this.#baseWalk.edges(before).includes(target);
  }

  /** Whether a file of the base did not import what a rule denies of packages and builtins. */
  isNewOutside(from: number, rule: DenyRule): boolean {
    return this.#base === undefined || outsideImport(this.#before(from), rule, this.#base.steps) === undefined;
  }

  #before(index: number): string {
    const path = this.paths[index] ?? '';
    return this.#base?.before(path) ?? path;
  }

  chains(from: (path: string) => boolean, to: (path: string) => boolean, through: (path: string) => boolean): Chain[] {
    const test = (matches: (path: string) => boolean) => (index: number) => matches(this.paths[index] ?? '');
    return findChains({
      walk: this.walk,
      isStart: test(from),
      isEnd: test(to),
      mayPass: test(through),
      leastImports: 2,
      isNew: this.#base === undefined ? undefined : (a, b) => this.isNew(a, b),
    });
  }

  circles(among: EndSet): Whole[] {
    const isNew = this.#base === undefined ? undefined : (from: number, to: number) => this.isNew(from, to);
    const found = findCircles(this.walk, (index) => among.matchesFile(this.paths[index] ?? ''), isNew);
    return found.map((circle) =>
      this.whole(circle, 'boundary/circular', 'these imports lead back to where they started'),
    );
  }

  whole(chain: Chain, code: string, message: string): Whole {
    const files = chain.map((index) => this.paths[index] ?? '');
    const newAt = chain.findIndex((from, at) => at + 1 < chain.length && this.isNew(from, chain[at + 1] ?? 0));
    return { files, newAt: Math.max(0, newAt), code, message };
  }

  get comparing(): boolean {
    return this.#base !== undefined;
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
  const importers = [...reachedFrom(starts, walk)].filter(
    (index) => outsideImport(paths[index] ?? '', rule, steps) !== undefined,
  );
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
    leastImports: 2,
    isNew: search.comparing ? isNew : undefined,
  });
  return chains.map((chain) => {
    const files = chain.slice(0, -1);
    const whole = search.whole(files, 'boundary/reachable', message);
    const newAt = chain.findIndex((from, at) => at + 1 < chain.length && isNew(from, chain[at + 1] ?? 0));
    return { ...whole, newAt: Math.max(0, newAt), outside: outsideName(whole.files.at(-1) ?? '', rule, steps) };
  });
}

/** From a lower layer by way of files in no layer to a higher one, or to a sibling. */
function throughLayers(rule: CompiledRule & { kind: 'layers' }, search: Search): Whole[] {
  const layers = new Map(search.paths.map((path) => [path, layerOf(rule.layers, path)]));
  const names = rule.layers.flatMap((siblings, level) => siblings.map((set) => ({ name: namesOf(set), level })));
  return names.flatMap(({ name, level }) => {
    const isStart = (path: string): boolean => layers.get(path)?.name === name;
    const isEnd = (path: string): boolean => {
      const other = layers.get(path);
      return other !== undefined && other.name !== name && other.level <= level;
    };
    return search
      .chains(isStart, isEnd, (path) => layers.get(path) === undefined)
      .map((chain) => {
        const reached = layers.get(search.paths[chain.at(-1) ?? 0] ?? '')?.name ?? '?';
        return search.whole(
          chain,
          'boundary/layer',
          `layer ${name} may not reach ${reached}, not even through other files`,
        );
      });
  });
}

function throughOthers(rule: CompiledRule & { kind: 'independent' }, search: Search): Whole[] {
  const memberOf = (path: string): EndSet | undefined => rule.members.find((member) => member.matchesFile(path));
  return rule.members.flatMap((member) => {
    const isEnd = (path: string): boolean => {
      const other = memberOf(path);
      return other !== undefined && other !== member;
    };
    return search
      .chains(
        (path) => memberOf(path) === member,
        isEnd,
        () => true,
      )
      .map((chain) => {
        const reached = memberOf(search.paths[chain.at(-1) ?? 0] ?? '');
        const message = `${namesOf(member)} is to stay independent of ${reached === undefined ? '?' : namesOf(reached)}`;
        return search.whole(chain, 'boundary/dependent', message);
      });
  });
}
