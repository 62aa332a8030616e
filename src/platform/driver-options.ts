/**
 * Options that switch off programs which a configuration names: filters of contents and drivers of merges. A merge that a
 * program would make counts as a conflict.
 * @param names of settings, such as `filter.lfs.clean`.
 */
export function switchedOff(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const match = /^(filter|merge)\.(.+)\.(clean|process|smudge|required|driver)$/i.exec(name);
    if (match === null) return [];
    const [, section = '', , key = ''] = match;
    if (section.toLowerCase() === 'merge') return key === 'driver' ? ['-c', `${name}=false`] : [];
    return ['-c', key === 'required' ? `${name}=false` : `${name}=`];
  });
}

/** What `git config --show-scope --name-only -z` prints: the names that the repository itself sets; the user's own are the user's. */
export function ownNames(printed: string): readonly string[] {
  const fields = printed.split('\0');
  return fields.filter((_, index) => index % 2 === 1 && /^(local|worktree)$/.test(fields[index - 1] ?? ''));
}
