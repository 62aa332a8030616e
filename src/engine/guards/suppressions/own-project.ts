import { posix } from 'node:path';
import type { Tree } from '../../ports.ts';

/**
 * Whether a folder that a TypeScript configuration leaves out is a project of its own which is as strict: its configuration
 * extends the one that leaves it out.
 * @param entry as it stands in `exclude`: `src/webview`, `./src/webview/**`.
 */
export function isOwnProject(path: string, entry: string, tree: Tree): boolean {
  const folder = posix.join(posix.dirname(path), entry.replace(/\/(\*\*(\/\*)?)?$/, ''));
  const text = tree.read(posix.join(folder, 'tsconfig.json'));
  const extended = /"extends"\s*:\s*"(\.[^"]*)"/.exec(text ?? '')?.[1];
  return extended !== undefined && posix.join(folder, extended) === posix.normalize(path);
}
