import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../engine/mutation/mutant-runner.ts';
import type { Tree } from '../engine/ports.ts';
import { copyBuilt, copyOne, inCopy, stampOf, type Twin } from './sandbox-copies.ts';
import { openHome, type SandboxHome } from './sandbox-home.ts';
import { type IgnoredFiles, readIgnored } from './sandbox-ignored.ts';
import { createCopier } from './sandbox-manifest.ts';
import { linkPackages } from './sandbox-packages.ts';
import { editableSources } from './sandbox-python.ts';
import { lendRepository } from './sandbox-repository.ts';

/** Folders that builds make and later builds go on from. */
const BUILT =
  /(^|\/)(target|build|dist|out|bin|obj|\.gradle|\.kotlin|node_modules|__pycache__|\.[\w-]*cache|coverage|\.next|\.nuxt|\.turbo|[^/]+\.egg-info)$/;

/** A copy of the working tree outside it. What git tracks or would track is copied, and of what it ignores what tests may need. */
export async function openSandbox(root: string, tree: Tree, options: SandboxOptions = {}): Promise<Sandbox> {
  const ignored = await readIgnored(root, new Set(options.leaveOut ?? []));
  const home = openHome(root, options.keep);
  try {
    return new TreeCopy(root, tree, home, ignored, options);
  } catch (error) {
    home.release();
    throw error;
  }
}

class TreeCopy implements Sandbox {
  readonly root: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #twin: Twin;
  readonly #home: SandboxHome;
  readonly #ignored: IgnoredFiles;
  /** Stamps of what is put back when tests have left their traces. */
  readonly #steady = new Map<string, string>();
  readonly #folders = new Set<string>(['']);
  /** What was put into the copy in place of the original. */
  readonly #written = new Map<string, string>();
  readonly #apart: ReadonlySet<string>;

  constructor(root: string, tree: Tree, home: SandboxHome, ignored: IgnoredFiles, options: SandboxOptions) {
    this.#home = home;
    this.#ignored = ignored;
    this.home = home.dir;
    this.root = join(home.dir, basename(root) || 'root');
    this.#twin = { root, copy: this.root };
    this.#apart = new Set([...ignored.packages, ...ignored.environments, ...ignored.linked, '.git']);
    this.#fill([...tree.paths, ...ignored.files]);
    this.#link();
    if (options.seed !== undefined) this.#seed(options.seed);
    this.env = this.#environment(options.executables ?? []);
  }

  #fill(steady: readonly string[]): void {
    const copier = createCopier(this.#twin, this.#home.kept ? join(this.home, 'copied.json') : undefined);
    for (const path of [...steady, ...this.#ignored.built]) {
      this.#makeFolders(path);
      copier.bring(path);
    }
    copier.close();
    for (const path of steady) this.#steady.set(path, stampOf(join(this.root, path)));
  }

  #makeFolders(path: string): void {
    const cut = path.lastIndexOf('/');
    const folder = cut < 0 ? '' : path.slice(0, cut);
    if (this.#folders.has(folder)) return;
    mkdirSync(join(this.root, folder), { recursive: true });
    for (let at = folder; !this.#folders.has(at); at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
      this.#folders.add(at);
  }

  #link(): void {
    for (const path of this.#ignored.packages) {
      rmSync(join(this.root, path), { recursive: true, force: true });
      linkPackages(path, this.#twin);
    }
    for (const path of [...this.#ignored.environments, ...this.#ignored.linked]) {
      const to = join(this.root, path);
      mkdirSync(dirname(to), { recursive: true });
      rmSync(to, { recursive: true, force: true });
      symlinkSync(join(this.#twin.root, path), to, 'junction');
    }
    rmSync(join(this.root, '.git'), { recursive: true, force: true });
    lendRepository(this.#twin.root, this.root);
  }

  #seed({ folders, into }: NonNullable<SandboxOptions['seed']>): void {
    const to = join(this.home, into);
    if (existsSync(to)) return;
    for (const folder of folders) {
      const from = join(this.#twin.root, folder);
      if (existsSync(from)) copyBuilt(from, join(to, basename(folder)));
    }
  }

  #environment(executables: readonly string[]): Record<string, string> {
    const leading = Object.entries(process.env).filter(
      ([name, value]) => name !== 'PATH' && value !== undefined && this.inside(value) !== value,
    );
    const mapped = Object.fromEntries(leading.map(([name, value = '']) => [name, this.inside(value)]));
    const active = [process.env['VIRTUAL_ENV'], process.env['CONDA_PREFIX']].filter((dir) => dir !== undefined);
    const own = this.#ignored.environments.map((path) => join(this.#twin.root, path));
    const environments = new Set([...own, ...executables.map((file) => dirname(dirname(file))), ...active]);
    const sources = editableSources(this.#twin.root, [...environments]).map((folder) => inCopy(folder, this.#twin));
    const python = [...sources, mapped['PYTHONPATH'] ?? process.env['PYTHONPATH'] ?? ''].filter((part) => part !== '');
    // Byte code would be written beside what is only linked, and outlive the text it was made from.
    const common = { ...mapped, PYTHONDONTWRITEBYTECODE: '1' };
    return python.length === 0 ? common : { ...common, PYTHONPATH: python.join(delimiter) };
  }

  inside(text: string): string {
    const { root } = this.#twin;
    let result = '';
    let at = 0;
    for (let found = text.indexOf(root); found >= 0; found = text.indexOf(root, at)) {
      const end = found + root.length;
      const whole = /^(?:[\\/:;,"'\s]|$)/.test(text.slice(end, end + 1)) && !/[\w.-]$/.test(text.slice(at, found));
      result += text.slice(at, found) + (whole ? this.root : root);
      at = end;
    }
    return result + text.slice(at);
  }

  provide(name: string, text: string): string {
    const file = join(this.home, name);
    // Build tools go by time: what is the same stays as it is.
    if (textOf(file) !== text) {
      mkdirSync(dirname(file), { recursive: true });
      rmSync(file, { force: true });
      writeFileSync(file, text, { mode: 0o755 });
    }
    return file;
  }

  provided(name: string): boolean {
    return textOf(join(this.home, name)) !== undefined;
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    const mode = lstatSync(file, { throwIfNoEntry: false })?.mode;
    this.#remove(path);
    this.#makeFolders(path);
    writeFileSync(file, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    this.#written.set(path, text);
    this.#steady.set(path, stampOf(file));
  }

  restore(path: string): void {
    this.#remove(path);
    this.#written.delete(path);
    copyOne(path, this.#twin, 'now');
    this.#steady.set(path, stampOf(join(this.root, path)));
  }

  /** With the byte code made from it, which goes by whole seconds. */
  #remove(path: string): void {
    rmSync(join(this.root, path), { force: true });
    if (!path.endsWith('.py')) return;
    const compiled = join(this.root, dirname(path), '__pycache__');
    const stem = `${basename(path, '.py')}.`;
    for (const name of namesIn(compiled)) if (name.startsWith(stem)) rmSync(join(compiled, name), { force: true });
  }

  reset(): void {
    for (const [path, stamp] of this.#steady) {
      if (stampOf(join(this.root, path)) === stamp) continue;
      const text = this.#written.get(path);
      if (text === undefined) this.restore(path);
      else this.write(path, text);
    }
    this.#removeNew('');
  }

  #removeNew(folder: string): void {
    for (const entry of readdirSync(join(this.root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (this.#apart.has(path) || this.#steady.has(path)) continue;
      if (entry.isDirectory() && BUILT.test(path)) continue;
      if (entry.isDirectory() && this.#folders.has(path)) this.#removeNew(path);
      else if (!this.#ignored.built.includes(path)) rmSync(join(this.root, path), { recursive: true, force: true });
    }
  }

  dispose(): void {
    this.#home.release();
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not there yet.
    return undefined;
  }
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    // Nothing was compiled.
    return [];
  }
}
