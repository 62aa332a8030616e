import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import picomatch from 'picomatch';
import type { Scratch } from '../engine/checks/run-check.ts';

const MAX_REPORT = 64 * 1024 * 1024;
const living = new Set<string>();

process.once('exit', () => {
  for (const dir of living) rmSync(dir, { recursive: true, force: true });
});

/** A temporary folder for what one run of a check writes. */
export function createScratch(): Scratch {
  const dir = mkdtempSync(join(tmpdir(), 'downforce-'));
  living.add(dir);
  // File systems keep times of different grain; a report is a minute newer than the last run's, or it is this run's.
  const since = Date.now() - 1000;
  return {
    dir,
    read: (patterns) => patterns.flatMap((pattern) => expandGlob(pattern).flatMap((file) => readReport(file, since))),
    dispose: () => {
      living.delete(dir);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function expandGlob(pattern: string): string[] {
  const { base, isGlob } = picomatch.scan(pattern);
  if (!isGlob) return [pattern];
  const matches = picomatch(pattern, { dot: true });
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

function readReport(file: string, since: number): string[] {
  try {
    const stat = statSync(file);
    return stat.mtimeMs < since || stat.size > MAX_REPORT ? [] : [readFileSync(file, 'utf8')];
  } catch {
    // Not written; the parser says what that means.
    return [];
  }
}
