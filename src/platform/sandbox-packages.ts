import { type Dirent, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { copyOne, inCopy, isInside, type Twin } from './sandbox-copies.ts';

/** What tools write into node_modules while they run. */
const CACHES =
  /^\.(cache|vite|vite-temp|vitest|tmp|parcel-cache|jest-cache|babel-cache|turbo|nx|nuxt|svelte-kit|astro|.*-cache)$/;

/**
 * A node_modules of the copy's own, of links: installed packages stay where they are, packages of the repository itself lead into
 * the copy, and what tools write beside the packages stays in the copy.
 */
export function linkPackages(path: string, twin: Twin): void {
  linkEntries(path, twin, (name) => !CACHES.test(name));
}

function linkEntries(path: string, twin: Twin, wanted: (name: string) => boolean): void {
  mkdirSync(join(twin.copy, path), { recursive: true });
  for (const entry of readdirSync(join(twin.root, path), { withFileTypes: true })) {
    if (!wanted(entry.name)) continue;
    const inner = `${path}/${entry.name}`;
    if (entry.isDirectory() && (entry.name === '.bin' || entry.name.startsWith('@')))
      linkEntries(inner, twin, () => true);
    else linkEntry(inner, entry, twin);
  }
}

function linkEntry(path: string, entry: Dirent, twin: Twin): void {
  // Programs in `.bin`, and notes of package managers.
  if (entry.isFile()) copyOne(path, twin, 'as-original');
  else if (entry.isSymbolicLink() && /\/\.bin\/[^/]+$/.test(path)) copyOne(path, twin, 'as-original');
  else link(path, twin);
}

function link(path: string, twin: Twin): void {
  const to = join(twin.copy, path);
  try {
    const real = realpathSync(join(twin.root, path));
    const own = isInside(twin.root, real) && !/[\\/]node_modules([\\/]|$)/.test(real.slice(twin.root.length));
    rmSync(to, { recursive: true, force: true });
    symlinkSync(own ? inCopy(real, twin) : real, to, 'junction');
  } catch {
    // A link to nothing: what needs it fails in the original, too.
  }
}
