import type { Tree } from '../ports.ts';

const FILES =
  /^(?:\.github\/(?:workflows|actions)\/.+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/config\.yml|azure-pipelines\.yml|\.?lefthook\.ya?ml|\.pre-commit-config\.yaml|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|Taskfile\.ya?ml|tox\.ini|noxfile\.py|(?:scripts?|ci|bin)\/[^/]+|\.cargo\/config\.toml|package\.json)$/;

/** A line outside package.json scripts in which people have the tool run: CI, make, tox, pre-commit. */
export interface Mention {
  readonly path: string;
  readonly match: RegExpExecArray;
}

export function findMentions(tree: Tree, pattern: RegExp): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const path of tree.paths) {
    if (!FILES.test(path)) continue;
    for (const line of (tree.read(path) ?? '').split('\n')) {
      if (/^\s*(?:#|\/\/)/.test(line)) continue;
      const match = pattern.exec(line);
      if (match !== null) mentions.push({ path, match });
    }
  }
  return mentions;
}
