import nodeModule, { createRequire } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { forgetModules } from './module-state.ts';

interface Resolved {
  readonly url: string;
}

type Resolve = (
  specifier: string,
  context: { readonly conditions: readonly string[] },
  next: (specifier: string, context: object) => Resolved,
) => Resolved;

interface Loaded {
  readonly format?: string | null;
}

type Load = (url: string, context: object, next: (url: string, context: object) => Loaded) => Loaded;

interface NewerModule {
  registerHooks(hooks: { readonly resolve: Resolve; readonly load: Load }): unknown;
  readonly prototype: { load(this: unknown, filename: string): unknown };
}

const MARK = 'downforce';

/** Has the user's own modules loaded again in this process, as if for the first time. Packages are loaded once. */
export class Generations {
  private readonly root: string;
  /** Absolute folder of what is ours: in our own repository it is inside the root. */
  private readonly drivers: string;
  private readonly cache: NodeJS.Dict<NodeModule> = createRequire(import.meta.url).cache;
  /** Absolute paths. */
  private readonly esModules = new Set<string>();
  private number = 0;
  private stale = false;

  constructor(root: string, drivers: string) {
    this.root = root + sep;
    this.drivers = drivers + sep;
    const newer = nodeModule as unknown as NewerModule;
    newer.registerHooks({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        return this.number === 0 || !context.conditions.includes('import') ? found : this.marked(found);
      },
      load: (url, context, next) => {
        const loaded = next(url, context);
        if (loaded.format?.startsWith('module') && this.isOwnUrl(url)) this.esModules.add(fileURLToPath(url));
        return loaded;
      },
    });
    this.watchRequires(newer.prototype);
  }

  /** What is imported or required from now on is evaluated anew. */
  begin(): void {
    this.number += 1;
    for (const path of Object.keys(this.cache)) if (this.isOwn(path)) delete this.cache[path];
    forgetModules(globalThis);
  }

  /** @throws what the module throws. */
  async load(file: string): Promise<void> {
    await import(this.marked({ url: pathToFileURL(file).href }).url);
  }

  /** Something was loaded again and was not evaluated again. */
  get isStale(): boolean {
    return this.stale;
  }

  /** Node has required ES modules by their path alone: there is no second one. */
  private watchRequires(prototype: NewerModule['prototype']): void {
    const { load } = prototype;
    const watch = (path: string): void => {
      if (this.number > 0 && this.esModules.has(path)) this.stale = true;
    };
    prototype.load = function (filename) {
      const loaded = load.call(this, filename);
      watch(filename);
      return loaded;
    };
  }

  private marked<Found extends Resolved>(found: Found): Found {
    if (this.number === 0 || !this.isOwnUrl(found.url)) return found;
    const sign = found.url.includes('?') ? '&' : '?';
    return { ...found, url: `${found.url}${sign}${MARK}=${this.number}` };
  }

  private isOwnUrl(url: string): boolean {
    return url.startsWith('file:') && this.isOwn(fileURLToPath(url));
  }

  private isOwn(path: string): boolean {
    return path.startsWith(this.root) && !path.startsWith(this.drivers) && !path.includes(`${sep}node_modules${sep}`);
  }
}
