import type { Store } from '../../src/engine/ports.ts';

/** A store whose texts can be looked at and spoiled. */
export interface MemoryStore extends Store {
  readonly texts: Map<string, string>;
}

export function memoryStore(texts: Readonly<Record<string, string>> = {}): MemoryStore {
  const kept = new Map(Object.entries(texts));
  return {
    texts: kept,
    read: (name) => kept.get(name),
    write: (name, text) => {
      kept.set(name, text);
      return true;
    },
    append: (name, line) => {
      kept.set(name, `${kept.get(name) ?? ''}${line}\n`);
      return true;
    },
    list: (folder) =>
      [...kept.keys()].flatMap((name) => {
        const rest = name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : '/';
        return rest.includes('/') ? [] : [rest];
      }),
    remove: (name) => {
      kept.delete(name);
    },
  };
}
