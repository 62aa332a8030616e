import { createHash } from 'node:crypto';
import type { Extraction, Language, Project, Reference } from '../../../src/engine/language.ts';
import type { Digest } from '../../../src/engine/ports.ts';

export const sha256: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** Paths whose text was read for references, in order. */
export type Extracted = string[];

/**
 * A language of the least syntax, for `.l` files: a line `needs PATH` names a file, `needs ?` one known only at run
 * time, `!TEXT` says why it cannot be read. A line `old new` in `map.layout` makes `old` mean `new`.
 */
export function lineLanguage(extracted: Extracted = [], projects: readonly Project[] = []): Language {
  return {
    id: 'typescript',
    matches: (path) => path.endsWith('.l'),
    isLayout: (path) => path.endsWith('map.layout'),
    extract: (path, text) => {
      extracted.push(path);
      return extract(text);
    },
    createResolver: (tree) => {
      const moved = new Map(lines(tree.read('map.layout') ?? '').map((line) => line.split(' ') as [string, string]));
      return {
        resolve: (_, { specifier = '' }) => {
          const path = moved.get(specifier) ?? specifier;
          return tree.has(path) ? { kind: 'files', paths: [path] } : { kind: 'unresolved' };
        },
      };
    },
    findProjects: () => projects,
  };
}

function extract(text: string): Extraction {
  const references = lines(text).flatMap((line): Reference[] => {
    if (!line.startsWith('needs ')) return [];
    const name = line.slice(6);
    return [{ specifier: name === '?' ? undefined : name, kind: 'static', typeOnly: false, start: 0, end: 0 }];
  });
  const broken = lines(text).find((line) => line.startsWith('!'));
  return broken === undefined ? { references } : { references, unanalysed: broken.slice(1) };
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
