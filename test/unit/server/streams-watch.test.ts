import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/engine/survey.ts';
import type { Side } from '../../../src/harness/streams-collisions.ts';
import type { Collision } from '../../../src/protocol/streams.ts';
import { createWatch, type StreamsWatch } from '../../../src/server/streams-watch.ts';

const ENGINE = { root: '/repo', digest: (text: string) => text } as Engine;
const SIGNAL = new AbortController().signal;

/** Working trees whose states and collisions the test says; `/repo` is ours, on branch `mine`. */
class World {
  readonly states = new Map([
    ['/repo', 'a'],
    ['/other', 'a'],
  ]);
  collisions: readonly Collision[] = [];
  readonly said: string[][] = [];
  looks = 0;
  searches = 0;
  isOpen = true;
  broken: Error | undefined;
  readonly log: string[] = [];
  readonly watch: StreamsWatch = createWatch({
    engine: async () => (this.isOpen ? ENGINE : undefined),
    collided: (collisions) => this.said.push(collisions.map(({ text }) => text)),
    log: (text) => this.log.push(text),
    look: {
      readSides: async () => {
        this.looks++;
        if (this.broken !== undefined) throw this.broken;
        return [...this.states].map(
          ([dir, state]) => ({ name: dir === '/repo' ? 'mine' : dir, worktree: { dir }, status: { state } }) as Side,
        );
      },
      findCollisions: async () => {
        this.searches++;
        return { collisions: this.collisions, sides: [], notes: [] };
      },
    },
  });

  change(dir: string): void {
    this.states.set(dir, `${this.states.get(dir)}+`);
  }
}

function collision(a: string, b: string, file = 'f'): Collision {
  return { a, b, kind: 'text', files: [file], names: [], text: `${a} ${b} ${file}` };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

describe('watching other working trees', () => {
  it('says a new collision of ours once, and again only after it was gone', async () => {
    const world = new World();
    world.collisions = [collision('mine', '/other'), collision('/other', '/third')];
    await world.watch.now(ENGINE, SIGNAL);
    world.change('/other');
    await world.watch.now(ENGINE, SIGNAL);
    world.collisions = [];
    world.change('/repo');
    await world.watch.now(ENGINE, SIGNAL);
    world.collisions = [collision('/other', 'mine', 'g'), collision('mine', '/other')];
    world.change('/repo');
    await world.watch.now(ENGINE, SIGNAL);
    expect(world.said).toEqual([['mine /other f'], [], [], ['/other mine g', 'mine /other f']]);
    world.watch.dispose();
  });

  it('searches only where something has changed', async () => {
    const world = new World();
    expect(await world.watch.now(ENGINE, SIGNAL)).toEqual([]);
    world.collisions = [collision('mine', '/other')];
    expect(await world.watch.now(ENGINE, SIGNAL)).toEqual([]);
    world.change('/other');
    expect(await world.watch.now(ENGINE, SIGNAL)).toEqual(world.collisions);
    expect([world.looks, world.searches]).toEqual([3, 2]);
    world.watch.dispose();
  });

  it('looks at once after a change here, then at most every ten seconds, and less often while nothing changes', async () => {
    const world = new World();
    world.watch.poke();
    await vi.advanceTimersByTimeAsync(0);
    expect(world.looks).toBe(1);
    for (let at = 0; at < 9; at++) {
      world.watch.poke();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(world.looks).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.looks).toBe(2);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.looks).toBeLessThan(16);
    expect(world.looks).toBeGreaterThan(10);
    world.watch.dispose();
  });

  it('sees what changes elsewhere while nothing changes here', async () => {
    const world = new World();
    world.watch.poke();
    await vi.advanceTimersByTimeAsync(0);
    world.change('/other');
    world.collisions = [collision('/other', 'mine')];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.said.flat()).toEqual(['/other mine f']);
    world.watch.dispose();
  });

  it('rests where there is no repository, goes on after a failure, and ends when it is told to', async () => {
    const world = new World();
    world.isOpen = false;
    world.watch.poke();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.looks).toBe(0);
    world.isOpen = true;
    world.broken = new Error('git is busy');
    world.watch.poke();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(world.log[0]).toBe('streams: git is busy');
    world.broken = undefined;
    const before = world.looks;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.looks).toBeGreaterThan(before);
    world.watch.dispose();
    const last = world.looks;
    world.watch.poke();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.looks).toBe(last);
  });
});
