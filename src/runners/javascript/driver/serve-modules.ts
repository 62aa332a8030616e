import fs from 'node:fs';
import nodeModule, { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { DriverSource } from '../../../engine/mutation/driver-protocol.ts';
import { peekText } from './module-state.ts';

interface Loaded {
  readonly source?: unknown;
}

type Load = (url: string, context: unknown, next: (url: string, context: unknown) => Loaded) => Loaded;

/** Parts of `node:module` that are newer than its types, or not for everyone. */
interface NewerModule {
  registerHooks(hooks: { readonly load: Load }): unknown;
  register(...args: readonly unknown[]): unknown;
  readonly prototype: { load(this: unknown, filename: string): unknown };
}

/** What is loaded in place of a file, and what the file itself holds. */
export type Substitutes = ReadonlyMap<string, Pick<DriverSource, 'text' | 'schemata'>>;

export function substitutesOf(sources: readonly DriverSource[]): Substitutes {
  return new Map(
    sources.flatMap(({ path, text, schemata }) =>
      schemata === undefined ? [] : [[path, { text, schemata: schemata + peekText(path, text) }]],
    ),
  );
}

/** Why the Node that runs this cannot do with `serveModules`. */
export function unfitNode(): string | undefined {
  const { registerHooks } = nodeModule as unknown as Partial<NewerModule>;
  // Before, nothing reaches what is imported by a module that was required.
  return registerHooks === undefined ? `it needs Node.js 22.15 or newer; this is ${process.version}` : undefined;
}

/**
 * Lets Node, and whatever transforms of the user stand between a file and its module, load other texts in place of these
 * files. Tests that read such a file get what is on the disk. To be called before any hook of the user is registered.
 * `loader` is the URL of the hook for Node's loader thread, `data` what it is told.
 */
export function serveModules(substitutes: Substitutes, loader: { readonly url: string; readonly data: string }): void {
  if (substitutes.size === 0) return;
  const newer = nodeModule as unknown as NewerModule;
  const whileLoading = serveReads(substitutes, newer);
  newer.registerHooks({
    load: (url, context, next) =>
      substituted(
        substitutes,
        url,
        whileLoading(pathOf(url), () => next(url, context)),
      ),
  });
  const register = newer.register.bind(nodeModule);
  let isFirst = true;
  // A thread costs time: it is there for hooks of the user that live in it, and ours comes before them.
  newer.register = (...args) => {
    if (isFirst) register(loader.url, { data: loader.data });
    isFirst = false;
    return register(...args);
  };
  syncBuiltinESMExports();
}

/** What a hook loaded, with our text where it holds the file as it is: what a transform made of it is left alone. */
export function substituted<Outcome extends Loaded>(substitutes: Substitutes, url: string, loaded: Outcome): Outcome {
  const { source } = loaded;
  if (source === null || source === undefined) return loaded;
  const substitute = substitutes.get(pathOf(url));
  if (substitute?.schemata === undefined || textOf(source) !== withoutMark(substitute.text)) return loaded;
  return { ...loaded, source: substitute.schemata };
}

/** While a module is being loaded, whoever reads its file gets our text: Node, or a transform in its place. */
function serveReads(substitutes: Substitutes, { prototype }: NewerModule) {
  const { load } = prototype;
  const { readFileSync } = fs;
  let loading: string | undefined;
  const whileLoading = <Result>(path: string, work: () => Result): Result => {
    const outer = loading;
    loading = substitutes.has(path) ? path : undefined;
    try {
      return work();
    } finally {
      loading = outer;
    }
  };
  prototype.load = function (filename) {
    return whileLoading(filename, () => load.call(this, filename));
  };
  const read = function (this: unknown, path: unknown, options: unknown): unknown {
    const schemata = loading === undefined ? undefined : schemataOf(substitutes, path, loading);
    if (schemata === undefined) return Reflect.apply(readFileSync, this, [path, options]);
    const isText = typeof options === 'string' || (options as { encoding?: string } | undefined)?.encoding;
    return isText ? schemata : Buffer.from(schemata);
  };
  Object.assign(fs, { readFileSync: Object.assign(read, readFileSync) });
  syncBuiltinESMExports();
  return whileLoading;
}

function schemataOf(substitutes: Substitutes, read: unknown, loading: string): string | undefined {
  const path = read instanceof URL && read.protocol === 'file:' ? fileURLToPath(read) : read;
  return path === loading ? substitutes.get(loading)?.schemata : undefined;
}

function pathOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : url;
}

function textOf(source: unknown): string {
  if (typeof source === 'string') return withoutMark(source);
  return withoutMark(Buffer.from(source as Uint8Array).toString('utf8'));
}

/** Node drops the byte order mark in some places and keeps it in others. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
