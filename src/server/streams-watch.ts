import { collisionKey } from '../engine/streams/collisions.ts';
import type { Engine } from '../engine/survey.ts';
import type { FoundCollisions, Side } from '../harness/streams-collisions.ts';
import type { Collision } from '../protocol/streams.ts';

export interface WatchDeps {
  /** The folder's repository; undefined where there is none, or a person wants quiet. */
  engine(): Promise<Engine | undefined>;
  /** New collisions of this folder's working tree; none where only what was known has changed. */
  collided(collisions: readonly Collision[]): void;
  log(text: string): void;
  /** What looks at the repository; replaced in tests. */
  readonly look?: Look;
}

interface Look {
  readSides(root: string, signal?: AbortSignal): Promise<readonly Side[]>;
  findCollisions(engine: Engine, signal?: AbortSignal, sides?: readonly Side[]): Promise<FoundCollisions>;
}

export interface StreamsWatch {
  /** The collisions of all working trees as they stand. */
  now(engine: Engine, signal: AbortSignal): Promise<readonly Collision[]>;
  /** Something changed here. */
  poke(): void;
  dispose(): void;
}

/** Other working trees are looked at no more often than this, and less often the longer nothing changes. */
const LEAST_MS = 10_000;
const MOST_MS = 60_000;

/** Looks at the other working trees of a repository from time to time and says each new collision of ours once. */
export function createWatch(deps: WatchDeps): StreamsWatch {
  return new Watch(deps);
}

class Watch implements StreamsWatch {
  readonly #deps: WatchDeps;
  readonly #lifetime = new AbortController();
  readonly #said = new Set<string>();
  #known: { readonly state: string; readonly collisions: readonly Collision[] } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;
  #pauseMs = LEAST_MS;
  #looking = false;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  async now(engine: Engine, signal: AbortSignal): Promise<readonly Collision[]> {
    const look = this.#deps.look ?? (await import('../harness/streams-collisions.ts'));
    const sides = await look.readSides(engine.root, signal);
    const state = engine.digest(JSON.stringify(sides.map(({ worktree, status }) => [worktree.dir, status.state])));
    if (this.#known?.state === state) return this.#known.collisions;
    const { collisions } = await look.findCollisions(engine, signal, sides);
    this.#known = { state, collisions };
    // A lone working tree meets nothing; another may come any time.
    this.#pauseMs = sides.length < 2 ? MOST_MS : LEAST_MS;
    this.#tell(sides, engine.root, collisions);
    return collisions;
  }

  poke(): void {
    if (this.#lifetime.signal.aborted) return;
    this.#pauseMs = LEAST_MS;
    this.#schedule(Math.max(0, this.#lastAt + LEAST_MS - performance.now()));
  }

  dispose(): void {
    this.#lifetime.abort();
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#lifetime.signal.aborted) return;
    this.#timer = setTimeout(() => void this.#look(), ms);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    this.#lastAt = performance.now();
    let engine: Engine | undefined;
    try {
      engine = await this.#deps.engine();
      if (engine !== undefined) await this.now(engine, this.#lifetime.signal);
    } catch (error) {
      if (!this.#lifetime.signal.aborted)
        this.#deps.log(`streams: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#looking = false;
    }
    if (engine === undefined) return;
    this.#schedule(this.#pauseMs);
    this.#pauseMs = Math.min(MOST_MS, this.#pauseMs * 1.5);
  }

  /** Once for each collision, as long as it lasts; what ended may be said again when it comes back. */
  #tell(sides: readonly Side[], root: string, collisions: readonly Collision[]): void {
    const own = sides.find(({ worktree }) => worktree.dir === root)?.name;
    const ours = collisions.filter(({ a, b }) => a === own || b === own);
    const fresh = ours.filter((collision) => !this.#said.has(collisionKey(collision)));
    this.#said.clear();
    for (const collision of ours) this.#said.add(collisionKey(collision));
    this.#deps.collided(fresh);
  }
}
