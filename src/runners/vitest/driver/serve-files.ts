import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import nodeModule, { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';

type Callback = (error: null, data: unknown) => void;

/**
 * Lets this process read other texts in place of these files, whoever asks: Vite, its plugins, the server of each project. What
 * Vitest sends to its workers is made of them. The files themselves stay as they are.
 */
export function serveFiles(texts: ReadonlyMap<string, string>): void {
  const names = new Set([...texts.keys()].map((path) => basename(path)));
  const find = (path: unknown): string | undefined => {
    if (typeof path !== 'string' || !names.has(basename(path))) return undefined;
    return texts.get(path) ?? texts.get(realPathOf(path));
  };
  const { readFileSync, readFile } = fs;
  const readPromised = fs.promises.readFile;
  Object.assign(fs, {
    readFileSync: (path: unknown, ...rest: unknown[]) => {
      const text = find(path);
      return text === undefined ? Reflect.apply(readFileSync, fs, [path, ...rest]) : encoded(text, rest[0]);
    },
    readFile: (path: unknown, ...rest: unknown[]) => {
      const text = find(path);
      if (text === undefined) return Reflect.apply(readFile, fs, [path, ...rest]);
      const callback = rest.at(-1) as Callback;
      process.nextTick(callback, null, encoded(text, rest.length > 1 ? rest[0] : undefined));
    },
  });
  Object.assign(fs.promises, {
    readFile: async (path: unknown, ...rest: unknown[]) => {
      const text = find(path);
      return text === undefined ? Reflect.apply(readPromised, fs.promises, [path, ...rest]) : encoded(text, rest[0]);
    },
  });
  syncBuiltinESMExports();
}

function realPathOf(path: string): string {
  try {
    return fs.realpathSync(path);
  } catch {
    // Whoever reads it will be told.
    return path;
  }
}

function encoded(text: string, options: unknown): string | Buffer {
  const named = typeof options === 'object' && options !== null && 'encoding' in options ? options.encoding : options;
  return typeof named === 'string' ? text : Buffer.from(text);
}

/** What Vite makes of a configuration file before it loads it, beside the file or in `node_modules/.vite-temp`. */
const BUNDLED_CONFIG = /\.timestamp-\d+-[\da-f]+\.mjs$/;
const CONFIG_FOLDER = /[\\/]\.vite-temp[\\/]?$/;

/** Keeps Vite from writing its bundled configuration into the tree: it goes to `folder`, and is loaded as if it were there. */
export function keepConfigOut(folder: string): void {
  const { writeFile, mkdir } = fs.promises;
  const { unlink } = fs;
  const isConfig = (path: unknown): path is string => typeof path === 'string' && BUNDLED_CONFIG.test(path);
  Object.assign(fs.promises, {
    writeFile: (path: unknown, ...rest: unknown[]) =>
      Reflect.apply(writeFile, fs.promises, [isConfig(path) ? join(folder, basename(path)) : path, ...rest]),
    mkdir: (path: unknown, ...rest: unknown[]) =>
      CONFIG_FOLDER.test(String(path)) ? Promise.resolve() : Reflect.apply(mkdir, fs.promises, [path, ...rest]),
  });
  Object.assign(fs, {
    unlink: (path: unknown, callback: Callback) =>
      isConfig(path) ? process.nextTick(callback, null) : Reflect.apply(unlink, fs, [path, callback]),
  });
  syncBuiltinESMExports();
  hookConfig(folder);
}

interface Hooks {
  resolve(specifier: string, context: unknown, next: (specifier: string, context: unknown) => unknown): unknown;
  load(url: string, context: unknown, next: (url: string, context: unknown) => unknown): unknown;
}

/** Parts of `node:module` that differ between the Nodes a driver may meet. */
interface ModuleHooks {
  readonly registerHooks?: (hooks: Hooks) => unknown;
  readonly register?: (specifier: string) => unknown;
}

/** Also the text of the module in which older Nodes run hooks: it may use nothing from outside. */
function configHooks(folder: string, pattern: RegExp, read: (path: string) => string): Hooks {
  return {
    resolve: (specifier, context, next) =>
      pattern.test(specifier) ? { url: specifier, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      pattern.test(url)
        ? { format: 'module', shortCircuit: true, source: read(`${folder}/${url.slice(url.lastIndexOf('/') + 1)}`) }
        : next(url, context),
  };
}

function hookConfig(folder: string): void {
  const hooks = nodeModule as unknown as ModuleHooks;
  if (hooks.registerHooks !== undefined) {
    hooks.registerHooks(configHooks(folder, BUNDLED_CONFIG, (path) => fs.readFileSync(path, 'utf8')));
    return;
  }
  const text = [
    "import { readFileSync } from 'node:fs';",
    `${configHooks}`,
    `const hooks = configHooks(${JSON.stringify(folder)}, ${BUNDLED_CONFIG}, (path) => readFileSync(path, 'utf8'));`,
    'export const { resolve, load } = hooks;',
  ].join('\n');
  hooks.register?.(`data:text/javascript,${encodeURIComponent(text)}`);
}
