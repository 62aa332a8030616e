import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import picomatch from 'picomatch';
import type { Scratch } from '../engine/checks/run-check.ts';
import { globMatcher } from '../engine/glob.ts';

const MAX_REPORT = 64 * 1024 * 1024;
const living = new Set<string>();

process.once('exit', () => {
  for (const dir of living) rmSync(dir, { recursive: true, force: true });
});

/** A temporary folder for what one run of a check writes. */
export function createScratch(): Scratch {
  const dir = mkdtempSync(join(tmpdir(), 'downforce-'));
  living.add(dir);
  let before: ReadonlyMap<string, string> = new Map();
  let watched: readonly string[] = [];
  return {
    dir,
    watch: (patterns) => {
      watched = patterns;
      before = new Map(patterns.flatMap(expandGlob).map((file) => [file, stampOf(file)]));
    },
    read: () =>
      watched.flatMap(expandGlob).flatMap((file) => (stampOf(file) === before.get(file) ? [] : readReport(file))),
    dispose: () => {
      living.delete(dir);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Differs as soon as a file is written again, whatever its content. */
function stampOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(':');
  } catch {
    // Not there.
    return '';
  }
}

function expandGlob(pattern: string): string[] {
  const { base, isGlob } = picomatch.scan(pattern);
  if (!isGlob) return [pattern];
  const matches = globMatcher(pattern, { dot: true });
  return walk(base, 12)
    .filter((file) => matches(file))
    .sort();
}

function walk(dir: string, depth: number): string[] {
  if (depth === 0) return [];
  try {
    return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory())
        return entry.name === 'node_modules' || entry.name === '.git' ? [] : walk(path, depth - 1);
      return entry.isFile() ? [path] : [];
    });
  } catch {
    // The folder is not there: the tool wrote nothing into it.
    return [];
  }
}

function readReport(file: string): string[] {
  try {
    return statSync(file).size > MAX_REPORT ? [] : [readFileSync(file, 'utf8')];
  } catch {
    // Not written; the parser says what that means.
    return [];
  }
}
