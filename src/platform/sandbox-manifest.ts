import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyNew, copyOne, stampOf, type Twin } from './sandbox-copies.ts';

/** Brings files of a tree into its copy. */
export interface Copier {
  bring(path: string): void;
  close(): void;
}

/** Stamps of the original and of the copy when it was made, by path. */
type Copied = Record<string, readonly [string, string]>;

/**
 * A fresh copy is dated like the original, so that the build output that came along is still newer. A kept one is only brought up
 * to date, by what `manifest` says of it; what is written then is dated now, since what was built of it goes by time.
 */
export function createCopier(twin: Twin, manifest: string | undefined): Copier {
  if (manifest !== undefined) return updater(twin, manifest);
  mkdirSync(twin.copy, { recursive: true });
  return { bring: (path) => void copyNew(path, twin, 'as-original'), close: () => {} };
}

function updater(twin: Twin, manifest: string): Copier {
  const before = parse(manifest);
  const now: Copied = {};
  // Until it is written anew nobody vouches for the copy.
  rmSync(manifest, { force: true });
  if (before === undefined) rmSync(twin.copy, { recursive: true, force: true });
  mkdirSync(twin.copy, { recursive: true });
  return {
    bring: (path) => {
      const stamp = stampOf(join(twin.root, path));
      if (stamp === '') return;
      const [original, copy] = before?.[path] ?? [];
      if (stamp !== original || stampOf(join(twin.copy, path)) !== copy) copyOne(path, twin, 'now');
      now[path] = [stamp, stampOf(join(twin.copy, path))];
    },
    close: () => {
      const gone = Object.keys(before ?? {}).filter((path) => now[path] === undefined);
      for (const path of gone) rmSync(join(twin.copy, path), { force: true });
      writeFileSync(manifest, JSON.stringify(now));
    },
  };
}

function parse(manifest: string): Copied | undefined {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8')) as Copied;
  } catch {
    // The first run, or the last one was killed: everything is copied.
    return undefined;
  }
}
