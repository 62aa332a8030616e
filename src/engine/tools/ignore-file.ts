import type { Tree } from '../ports.ts';
import { folderOf } from './folders.ts';
import { createGlobMatcher } from './operands.ts';

/** Whether a file in the syntax of .gitignore leaves a path out; nothing where the file does not exist. */
export function createIgnoreMatcher(tree: Tree, path: string): (path: string) => boolean {
  const lines = (tree.read(path) ?? '').split(/\r?\n/).map((line) => line.trim());
  const rules = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ negated: line.startsWith('!'), globs: globsOf(line.replace(/^!/, '')) }))
    .map(({ negated, globs }) => ({ negated, matches: createGlobMatcher(globs, folderOf(path)) }));
  return (candidate) => rules.reduce((ignored, rule) => (rule.matches(candidate) ? !rule.negated : ignored), false);
}

function globsOf(line: string): readonly string[] {
  const body = line.replace(/\/$/, '');
  const glob = body.slice(0, -1).includes('/') ? body.replace(/^\//, '') : `**/${body.replace(/^\//, '')}`;
  return line.endsWith('/') ? [`${glob}/**`] : [glob, `${glob}/**`];
}
