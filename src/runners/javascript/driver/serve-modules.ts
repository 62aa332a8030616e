import fs from 'node:fs';
import nodeModule, { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { DriverSource } from '../../../engine/mutation/driver-protocol.ts';

interface Loaded {
  readonly source?: unknown;
}

type Load = (url: string, context: unknown, next: (url: string, context: unknown) => Loaded) => Loaded;

/** Parts of `node:module` that are newer than the oldest Node a driver may meet, or not for everyone. */
interface NewerModule {
  registerHooks?(hooks: { readonly load: Load }): unknown;
  register?(...args: readonly unknown[]): unknown;
  readonly prototype: { load(this: unknown, filename: string): unknown };
}

/** What is loaded in place of a file, and what the file itself holds. */
export type Substitutes = ReadonlyMap<string, Pick<DriverSource, 'text' | 'schemata'>>;

export function substitutesOf(sources: readonly DriverSource[]): Substitutes {
  return new Map(sources.filter(({ schemata }) => schemata !== undefined).map((source) => [source.path, source]));
}

/**
 * Lets Node, and whatever transforms of the user stand between a file and its module, load other texts in place of these
 * files. Tests that read such a file get what is on the disk. To be called before any hook of the user is registered.
 * `loader` is the URL of the hook for Node's loader thread, `data` what it is told.
 */
export function serveModules(substitutes: Substitutes, loader: { readonly url: string; readonly data: string }): void {
  if (substitutes.size === 0) return;
  const newer = nodeModule as unknown as NewerModule;
  serveReads(substitutes, newer);
  const register = newer.register?.bind(nodeModule);
  if (newer.registerHooks !== undefined)
    newer.registerHooks({ load: (url, context, next) => substituted(substitutes, url, next(url, context)) });
  if (register === undefined) return;
  let registered = false;
  const first = (): void => {
    if (!registered) register(loader.url, { data: loader.data });
    registered = true;
  };
  if (newer.registerHooks === undefined) first();
  // A thread costs time: it is there for hooks of the user that live in it, and comes before them.
  newer.register = (...args) => {
    first();
    return register(...args);
  };
  syncBuiltinESMExports();
}

/** What a hook loaded, with our text where it holds the file as it is: what a transform made of it is left alone. */
export function substituted<Outcome extends Loaded>(substitutes: Substitutes, url: string, loaded: Outcome): Outcome {
  const { source } = loaded;
  if (source === null || source === undefined || !url.startsWith('file:')) return loaded;
  const substitute = substitutes.get(pathOf(url));
  if (substitute?.schemata === undefined || textOf(source) !== withoutMark(substitute.text)) return loaded;
  return { ...loaded, source: substitute.schemata };
}

/** While a module is being loaded by `require`, whoever reads its file gets our text: Node, or a transform in its place. */
function serveReads(substitutes: Substitutes, { prototype }: NewerModule): void {
  const { load } = prototype;
  const { readFileSync } = fs;
  let loading: string | undefined;
  prototype.load = function (filename) {
    const outer = loading;
    loading = substitutes.has(filename) ? filename : undefined;
    try {
      return load.call(this, filename);
    } finally {
      loading = outer;
    }
  };
  const read = function (this: unknown, path: unknown, options: unknown): unknown {
    const schemata = path === loading ? substitutes.get(String(path))?.schemata : undefined;
    if (schemata === undefined) return Reflect.apply(readFileSync, this, [path, options]);
    const isText = typeof options === 'string' || (options as { encoding?: string } | undefined)?.encoding;
    return isText ? schemata : Buffer.from(schemata);
  };
  Object.assign(fs, { readFileSync: Object.assign(read, readFileSync) });
  syncBuiltinESMExports();
}

function pathOf(url: string): string {
  return fileURLToPath(url.replace(/[?#].*$/, ''));
}

function textOf(source: unknown): string {
  if (typeof source === 'string') return withoutMark(source);
  return withoutMark(Buffer.from(source as Uint8Array).toString('utf8'));
}

/** Node drops the byte order mark in some places and keeps it in others. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
