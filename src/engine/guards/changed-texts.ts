import type { ChangedFile } from '../change/change.ts';
import type { GuardContext } from './guard.ts';

/** Why a guard that compares with the base has nothing to say. */
export const NO_BASE = 'there is no commit to compare with';

/** A changed path with its text on both sides; undefined where there is none. */
export interface ChangedText {
  readonly file: ChangedFile;
  readonly path: string;
  /** The path it had in the base. */
  readonly basePath: string;
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** Text files among the changes; what only changed its mode or is a link or submodule has no text to judge. */
export function changedTexts(
  { change, tree, baseTree }: Pick<GuardContext, 'change' | 'tree' | 'baseTree'>,
  wanted: (path: string) => boolean,
): readonly ChangedText[] {
  return change.files.flatMap((file) => {
    if (file.entry !== 'file' || file.status === 'mode') return [];
    const { path } = file;
    const basePath = file.from ?? path;
    if (!wanted(path) && !wanted(basePath)) return [];
    const head = file.status === 'deleted' || !wanted(path) ? undefined : tree.read(path);
    const base = file.status === 'added' || !wanted(basePath) ? undefined : baseTree.read(basePath);
    return head === undefined && base === undefined ? [] : [{ file, path, basePath, base, head }];
  });
}
