/** Commands that an answer proposes, safe to paste into a shell. */
export function loopOnly(ids: readonly string[], ...more: readonly string[]): string {
  return ['downforce loop', ...ids.map((id) => `--only ${quote(id)}`), ...more].join(' ');
}

export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
