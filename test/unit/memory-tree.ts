import { createHash } from 'node:crypto';
import type { Tree } from '../../src/engine/ports.ts';

/** A tree of the files given, path to text. */
export function memoryTree(files: Readonly<Record<string, string>>): Tree {
  const texts = new Map(Object.entries(files));
  return {
    paths: [...texts.keys()].sort(),
    has: (path) => texts.has(path),
    digest(path) {
      const text = texts.get(path);
      return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
    },
    read(path, maxBytes = 4 * 1024 * 1024) {
      const text = texts.get(path);
      return text !== undefined && Buffer.byteLength(text) <= maxBytes ? text : undefined;
    },
  };
}
