import { globMatcher } from '../glob.ts';
import { isWithin, joinPath } from './folders.ts';

const GLOB = /[*?[\]{}!]|\((?=.*\))/;

export function isGlob(operand: string): boolean {
  return GLOB.test(operand);
}

/**
 * Whether a path is named by the files, folders and globs a command is given in `cwd`; a folder names all in it.
 * Without operands nothing is narrowed.
 */
export function createOperandMatcher(operands: readonly string[], cwd: string): (path: string) => boolean {
  const wanted = operands.filter((operand) => !operand.startsWith('!'));
  if (wanted.length === 0) return (path) => isWithin(cwd, path);
  const matchers = wanted.map((operand) => {
    if (isGlob(operand)) return createGlobMatcher([operand], cwd);
    const folder = joinPath(cwd, operand);
    return (path: string) => isWithin(folder, path);
  });
  return (path) => matchers.some((matches) => matches(path));
}

/** Globs relative to a folder, against paths relative to the root. Never throws; a broken glob matches nothing. */
export function createGlobMatcher(globs: readonly string[], folder: string): (path: string) => boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  const matchers = globs.flatMap((glob) => {
    try {
      return [globMatcher(glob.replace(/^(?:\.?\/)+/, ''), { dot: true })];
    } catch {
      // A glob that cannot be read names no file; the whole run still includes what the tool makes of it.
      return [];
    }
  });
  return (path) => path.startsWith(prefix) && matchers.some((matches) => matches(path.slice(prefix.length)));
}
