import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MutantScratch } from '../engine/mutation/mutant-runner.ts';
import { createScratch } from './scratch.ts';

/** A temporary folder that holds what a driver is given and what it answers. */
export function createMutantScratch(): MutantScratch {
  const { dir, dispose, watch, read } = createScratch();
  return {
    dir,
    dispose,
    watch,
    reports: read,
    list: (name) => {
      try {
        return readdirSync(join(dir, name));
      } catch {
        // Never made.
        return [];
      }
    },
    write: (name, text) => {
      const file = join(dir, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    read: (name) => {
      try {
        return readFileSync(join(dir, name), 'utf8');
      } catch {
        // Never written.
        return undefined;
      }
    },
  };
}
