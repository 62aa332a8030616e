import { isAbsolute } from './paths.ts';
import { type Fields, textOf } from './shape.ts';

export interface CrateFolders {
  /** Learns from a message of cargo where a crate of the workspace lies. */
  add(message: Fields): void;
  /** Makes a path that rustc prints, relative to the workspace's root, absolute. */
  resolve(file: string): string;
}

/** The workspace's root is nowhere in the output, but `crates/a/src/x.rs` in crate `/r/crates/a` shows that it is `/r`. */
export function createCrateFolders(cwd: string): CrateFolders {
  const folders = new Set<string>();
  return {
    add(message) {
      const manifest = textOf(message['manifest_path'])?.replaceAll('\\', '/');
      const isLocal = textOf(message['package_id'])?.includes('path+file:') ?? false;
      if (manifest !== undefined && isLocal) folders.add(manifest.slice(0, manifest.lastIndexOf('/')));
    },
    resolve(file) {
      if (isAbsolute(file)) return file;
      const path = file.replaceAll('\\', '/');
      for (const folder of folders) {
        const root = rootAbove(folder, path);
        if (root !== undefined) return `${root}/${path}`;
      }
      const [only] = folders;
      return folders.size === 1 && only !== undefined ? `${only}/${path}` : `${cwd}/${path}`;
    },
  };
}

function rootAbove(folder: string, path: string): string | undefined {
  const segments = path.split('/').slice(0, -1);
  for (let count = segments.length; count > 0; count--) {
    const tail = `/${segments.slice(0, count).join('/')}`;
    if (folder.endsWith(tail)) return folder.slice(0, -tail.length);
  }
  return undefined;
}
