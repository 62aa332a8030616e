import { basename } from 'node:path';
import { buildGraph } from '../engine/graph/build-graph.ts';
import { createAnalyses } from '../engine/guards/analyses.ts';
import type { Store } from '../engine/ports.ts';
import { collisionsOf, worstFirst } from '../engine/streams/collisions.ts';
import {
  type Analyse,
  type ChangedExports,
  changedExports,
  type UsedExport,
  usedExports,
} from '../engine/streams/meaning.ts';
import type { Engine } from '../engine/survey.ts';
import { openRepository } from '../platform/git.ts';
import { withoutDrivers } from '../platform/git-drivers.ts';
import { readStatus } from '../platform/read-status.ts';
import { openWorkTree } from '../platform/trees.ts';
import { type SnapshotChange, Snapshots } from '../platform/worktree-snapshots.ts';
import { type WorktreeStatus, worktreeStatus } from '../platform/worktree-status.ts';
import { listWorktrees, type Worktree } from '../platform/worktrees.ts';
import type { Collision } from '../protocol/streams.ts';

export interface Side {
  readonly worktree: Worktree;
  readonly status: WorktreeStatus;
  /** What a person calls it: its branch, else its folder. */
  readonly name: string;
}

export interface FoundCollisions {
  readonly collisions: readonly Collision[];
  readonly sides: readonly Side[];
  /** What kept it from looking closer. */
  readonly notes: readonly string[];
}

/** How the working trees of the repository stand, those that were not started by us among them. */
export async function readSides(root: string, signal?: AbortSignal): Promise<readonly Side[]> {
  const worktrees = (await listWorktrees(root, signal)).filter(({ gone, head }) => !gone && head !== undefined);
  const drivers = await withoutDrivers(root, signal);
  return Promise.all(
    worktrees.map(async (worktree) => ({
      worktree,
      status: await worktreeStatus(worktree.dir, signal, drivers),
      name: worktree.branch ?? basename(worktree.dir),
    })),
  );
}

/** Any two working trees that get in each other's way as they stand now, the worst first. Nothing of them is written to. */
export async function findCollisions(
  engine: Engine,
  signal?: AbortSignal,
  known?: readonly Side[],
): Promise<FoundCollisions> {
  const sides = known ?? (await readSides(engine.root, signal));
  if (sides.length < 2) return { collisions: [], sides, notes: [] };
  const snapshots = await Snapshots.open(engine.root, signal);
  try {
    const search = new Search(engine, snapshots, signal);
    const collisions: Collision[] = [];
    for (const [index, a] of sides.entries())
      for (const b of sides.slice(index + 1)) collisions.push(...(await search.between(a, b)));
    return { collisions: worstFirst(collisions), sides, notes: search.notes() };
  } finally {
    snapshots.dispose();
  }
}

interface Looked {
  readonly graph: Awaited<ReturnType<typeof buildGraph>>;
  read(path: string): string | undefined;
}

class Search {
  readonly #engine: Engine;
  readonly #snapshots: Snapshots;
  readonly #signal: AbortSignal | undefined;
  readonly #analyse: Analyse;
  readonly #commits = new Map<Side, Promise<string | undefined>>();
  readonly #bases = new Map<string, Promise<string | undefined>>();
  readonly #changes = new Map<string, Promise<readonly SnapshotChange[]>>();
  readonly #exports = new Map<string, Promise<readonly ChangedExports[]>>();
  readonly #looked = new Map<Side, Promise<Looked>>();
  #cannotMerge = false;

  constructor(engine: Engine, snapshots: Snapshots, signal: AbortSignal | undefined) {
    this.#engine = engine;
    this.#snapshots = snapshots;
    this.#signal = signal;
    this.#analyse = createAnalyses(engine.languages, engine.grammars);
  }

  notes(): readonly string[] {
    if (!this.#cannotMerge) return [];
    return [
      'This git cannot try a merge without a working tree (2.38 can): files that both change are named, not whether they conflict.',
    ];
  }

  async between(a: Side, b: Side): Promise<readonly Collision[]> {
    const [commitA, commitB, base] = await Promise.all([this.#commit(a), this.#commit(b), this.#base(a, b)]);
    if (commitA === undefined || commitB === undefined || base === undefined) return [];
    const [ofA, ofB] = await Promise.all([this.#changed(base, commitA), this.#changed(base, commitB)]);
    this.#signal?.throwIfAborted();
    if (ofA.length === 0 || ofB.length === 0) return [];
    const both = sharedPaths(ofA, ofB);
    const conflicts = both.length === 0 && !foldersClash(ofA, ofB) ? [] : await this.#conflicts(commitA, commitB);
    return collisionsOf({
      a: a.name,
      b: b.name,
      both,
      conflicts,
      usedByB: await this.#used(base, commitA, ofA, b, ofB),
      usedByA: await this.#used(base, commitB, ofB, a, ofA),
    });
  }

  #commit(side: Side): Promise<string | undefined> {
    return remember(this.#commits, side, () => this.#snapshots.take(side.worktree.dir, side.status));
  }

  #base(a: Side, b: Side): Promise<string | undefined> {
    const heads = [a.status.head ?? '', b.status.head ?? ''].sort();
    return remember(this.#bases, heads.join(' '), () => this.#snapshots.mergeBase(heads[0] ?? '', heads[1] ?? ''));
  }

  #changed(base: string, commit: string): Promise<readonly SnapshotChange[]> {
    return remember(this.#changes, `${base} ${commit}`, () => this.#snapshots.changes(base, commit));
  }

  async #conflicts(a: string, b: string): Promise<readonly string[] | undefined> {
    const trial = await this.#snapshots.tryMerge(a, b);
    if (trial.kind === 'unsupported') this.#cannotMerge = true;
    return trial.kind === 'unsupported' ? undefined : trial.kind === 'conflict' ? trial.files : [];
  }

  /** What one changed that changed files of the other use. The graph is made only where there may be something. */
  async #used(
    base: string,
    commit: string,
    changes: readonly SnapshotChange[],
    other: Side,
    others: readonly SnapshotChange[],
  ): Promise<readonly UsedExport[]> {
    const users = new Set(
      others.flatMap(({ path, after }) => (after === undefined || !this.#isSource(path) ? [] : [path])),
    );
    if (users.size === 0) return [];
    const changed = await remember(this.#exports, `${base} ${commit}`, () => this.#changedExports(changes));
    if (changed.length === 0) return [];
    const { graph, read } = await remember(this.#looked, other, () => this.#look(other));
    return usedExports(changed, graph, users, read, this.#analyse);
  }

  async #changedExports(changes: readonly SnapshotChange[]): Promise<readonly ChangedExports[]> {
    const sources = changes.filter(({ path, before }) => before !== undefined && this.#isSource(path));
    const texts = await this.#snapshots.texts(
      sources.flatMap(({ before, after }) => [before ?? '', after ?? '']).filter((id) => id !== ''),
    );
    const read = (id: string | undefined): string | undefined => (id === undefined ? undefined : texts.get(id));
    return changedExports(
      sources.map(({ path, from, before, after }) => ({ path, from, before: read(before), after: read(after) })),
      this.#analyse,
    );
  }

  #isSource(path: string): boolean {
    return this.#engine.languages.some((language) => language.matches(path));
  }

  async #look({ worktree }: Side): Promise<Looked> {
    const { languages, digest, store } = this.#engine;
    const repository = await openRepository(worktree.dir);
    const tree = await openWorkTree(repository, readStatus(repository, this.#signal), this.#signal);
    const own = graphStore(store, digest(worktree.dir).slice(0, 12));
    return { graph: await buildGraph(tree, { languages, digest, store: own }), read: (path) => tree.read(path) };
  }
}

/** The edges of another working tree are kept beside ours; what files name is known by content, whosever it is. */
function graphStore(store: Store, name: string): Store {
  const place = (file: string): string => (file === 'cache/graph.json' ? `cache/streams/${name}.json` : file);
  return { ...store, read: (file) => store.read(place(file)), write: (file, text) => store.write(place(file), text) };
}

function sharedPaths(a: readonly SnapshotChange[], b: readonly SnapshotChange[]): readonly string[] {
  const own = new Map(a.flatMap((change) => endsOf(change).map((path) => [path, change.after])));
  const shared = b.flatMap((change) =>
    endsOf(change).filter((path) => own.has(path) && own.get(path) !== change.after),
  );
  return [...new Set(shared)].sort();
}

/** A file of one where the other has a folder. */
function foldersClash(a: readonly SnapshotChange[], b: readonly SnapshotChange[]): boolean {
  const clash = (files: readonly SnapshotChange[], others: readonly SnapshotChange[]): boolean => {
    const paths = new Set(files.filter(({ before }) => before === undefined).map(({ path }) => path));
    return others.some(({ path }) => foldersOf(path).some((folder) => paths.has(folder)));
  };
  return clash(a, b) || clash(b, a);
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function endsOf({ path, from }: SnapshotChange): readonly string[] {
  return from === undefined ? [path] : [path, from];
}

function remember<K, V>(known: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
