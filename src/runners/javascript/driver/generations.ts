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

interface NewerModule {
  registerHooks(hooks: { readonly resolve: Resolve }): unknown;
}

const MARK = 'downforce';

/** Has the user's own modules loaded again in this process, as if for the first time. Packages are loaded once. */
export class Generations {
  private readonly root: string;
  /** Absolute folder of what is ours: in our own repository it is inside the root. */
  private readonly drivers: string;
  private readonly cache: NodeJS.Dict<NodeModule> = createRequire(import.meta.url).cache;
  private number = 0;

  constructor(root: string, drivers: string) {
    this.root = root + sep;
    this.drivers = drivers + sep;
    (nodeModule as unknown as NewerModule).registerHooks({
      resolve: (specifier, context, next) => {
        const found = next(specifier, context);
        return this.number === 0 || !context.conditions.includes('import') ? found : this.marked(found);
      },
    });
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

  private marked<Found extends Resolved>(found: Found): Found {
    if (this.number === 0 || !found.url.startsWith('file:') || !this.isOwn(fileURLToPath(found.url))) return found;
    const sign = found.url.includes('?') ? '&' : '?';
    return { ...found, url: `${found.url}${sign}${MARK}=${this.number}` };
  }

  private isOwn(path: string): boolean {
    return path.startsWith(this.root) && !path.startsWith(this.drivers) && !path.includes(`${sep}node_modules${sep}`);
  }
}
