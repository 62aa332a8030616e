import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

interface Loaded {
  readonly source?: unknown;
}

interface Hooks {
  load(url: string, context: unknown, next: (url: string, context: unknown) => Loaded): Loaded;
}

/** Parts of `node:module` that are newer than the oldest Node a driver may meet, or not for everyone. */
interface NewerModule {
  readonly registerHooks?: (hooks: Hooks) => unknown;
  readonly prototype: { _compile?(this: unknown, text: string, path: string, ...rest: unknown[]): unknown };
}

/**
 * Lets Node itself load other texts in place of these files, by `import` and by `require`. Where Node is too old for the
 * one (before 22.15) only `require` is served.
 */
export function serveNatively(texts: ReadonlyMap<string, string>): void {
  if (texts.size === 0) return;
  const newer = nodeModule as unknown as NewerModule;
  const compile = newer.prototype._compile;
  if (newer.registerHooks !== undefined) hookLoads(newer.registerHooks, texts);
  else if (compile !== undefined) hookCompile(newer, compile, texts);
}

function hookCompile(
  newer: NewerModule,
  compile: NonNullable<NewerModule['prototype']['_compile']>,
  texts: ReadonlyMap<string, string>,
): void {
  newer.prototype._compile = function (text, path, ...rest) {
    return Reflect.apply(compile, this, [texts.get(path) ?? text, path, ...rest]);
  };
}

function hookLoads(registerHooks: (hooks: Hooks) => unknown, texts: ReadonlyMap<string, string>): void {
  const hooks: Hooks = {
    load(url, context, next) {
      const loaded = next(url, context);
      const text = url.startsWith('file:') ? texts.get(fileURLToPath(url.replace(/[?#].*$/, ''))) : undefined;
      return text === undefined ? loaded : { ...loaded, source: text };
    },
  };
  try {
    registerHooks(hooks);
  } catch {
    // Vitest's contexts have none; there `watchOutside` notices who reads a source.
  }
}
