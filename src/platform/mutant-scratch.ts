import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MutantScratch } from '../engine/mutation/mutant-runner.ts';
import { createScratch } from './scratch.ts';

const LOOK_MS = 25;

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
    follow: (name, onLine) => followLines(join(dir, name), onLine),
  };
}

/** Looks again and again: watching files is not to be relied on. */
function followLines(file: string, onLine: (line: string) => void): () => void {
  let offset = 0;
  let rest = Buffer.alloc(0);
  const look = (): void => {
    const news = readFrom(file, offset);
    offset += news.length;
    rest = Buffer.concat([rest, news]);
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
      onLine(line);
    }
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    look();
  };
}

function readFrom(file: string, offset: number): Buffer {
  let opened: number;
  try {
    opened = openSync(file, 'r');
  } catch {
    // Not begun yet.
    return Buffer.alloc(0);
  }
  try {
    const news = Buffer.alloc(Math.max(0, fstatSync(opened).size - offset));
    return news.subarray(0, readSync(opened, news, 0, news.length, offset));
  } finally {
    closeSync(opened);
  }
}
