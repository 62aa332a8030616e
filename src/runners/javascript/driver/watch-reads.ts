import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Tells when a test, or a bundler in it, reads one of these files by itself: it gets what is on the disk, where there is no mutant. To
 * be called before `serveModules`, whose reads are not meant.
 */
export function watchReads(paths: ReadonlySet<string>, notice: (what: string) => void): void {
  const look = (path: unknown): void => {
    const name = path instanceof URL && path.protocol === 'file:' ? fileURLToPath(path) : String(path);
    if (paths.has(name)) notice('it reads the source from the disk');
  };
  for (const name of ['readFileSync', 'readFile', 'createReadStream'] as const) watch(fs, name, look);
  watch(fs.promises, 'readFile', look);
  syncBuiltinESMExports();
}

function watch<Owner extends object>(owner: Owner, name: keyof Owner, look: (path: unknown) => void): void {
  const original = owner[name];
  if (typeof original !== 'function') return;
  const watched = function (this: unknown, ...args: readonly unknown[]): unknown {
    look(args[0]);
    return Reflect.apply(original, this, args);
  };
  // `util.promisify` finds its own form of a function on it.
  Object.defineProperties(watched, Object.getOwnPropertyDescriptors(original));
  Object.assign(owner, { [name]: watched });
}
