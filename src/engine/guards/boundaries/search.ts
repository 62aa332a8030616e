import { type Chain, findChains, type Walk } from './chains.ts';
import { findCircles } from './circles.ts';
import type { EndSet } from './ends.ts';
import type { Baseline } from './new-only.ts';
import { outsideImport } from './outside.ts';
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

/** Looks for chains and circles in one tree, with a base for those that are new since. */
export class Search {
  readonly steps: Steps;
  readonly paths: readonly string[];
  readonly walk: Walk;
  /** Files whose steps alone may be new; undefined where any file's may. */
  readonly touched: ReadonlySet<number> | undefined;
  readonly #base: Baseline | undefined;
  readonly #baseWalk: Walk | undefined;

  constructor(rule: CompiledRule, steps: Steps, base: Baseline | undefined, touched?: ReadonlySet<number>) {
    this.touched = touched;
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
      isNew: this.#base === undefined ? undefined : (a, b) => this.isNew(a, b),
    });
  }

  circles(among: EndSet): Whole[] {
    const isNew = this.#base === undefined ? undefined : (from: number, to: number) => this.isNew(from, to);
    const inside = (index: number): boolean => among.matchesFile(this.paths[index] ?? '');
    const found = findCircles(this.walk, inside, isNew, (index) => this.touched?.has(index) ?? true);
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
