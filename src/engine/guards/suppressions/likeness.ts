interface Rule {
  readonly tool: string;
  readonly code: string;
}

/** Tools that judge the same things, so that one's comment may become the other's. */
const KINDS: readonly (readonly string[])[] = [
  ['eslint', 'oxlint', 'biome', 'tslint', 'deno'],
  ['noqa', 'pylint', 'bandit'],
  ['mypy', 'pyright', 'ty', 'pyrefly', 'pyre', 'pytype'],
  ['prettier', 'biome', 'deno'],
  ['golangci-lint', 'staticcheck', 'gosec', 'revive'],
  ['rustc', 'clippy'],
];

export const coverage = {
  /** Whether one rule silences at least what the other does. */
  covers(wide: Rule, narrow: Rule): boolean {
    if (wide.tool !== narrow.tool) return false;
    if (wide.code === '*' || wide.code === narrow.code) return true;
    if (wide.tool === 'typescript') return wide.code === 'ts-ignore' && narrow.code === 'ts-expect-error';
    // Families of rules: `E` of `E501`, `lint/suspicious` of `lint/suspicious/noExplicitAny`.
    if (wide.tool === 'noqa') return /^[A-Z]+\d*$/.test(wide.code) && narrow.code.startsWith(wide.code);
    return narrow.code.startsWith(`${wide.code}/`);
  },

  /** Whether a suppression was written anew for another tool, and says no more than it did. */
  isTranslated(before: Rule, now: Rule): boolean {
    if (before.tool === now.tool) return false;
    const kin = KINDS.some((kind) => kind.includes(before.tool) && kind.includes(now.tool));
    return kin && (now.code !== '*' || before.code === '*');
  },
};

/** A formatter broke the line. */
const CUT_OFF = 0.6;
const isCutOff = (whole: string, part: string): boolean => part.length >= 6 && whole.startsWith(part);

/** Share of pairs of characters that two texts have in common, 0 to 1 (Dice 1945). */
export function likeness(left: string, right: string): number {
  if (left === right) return 1;
  if (left.length < 2 || right.length < 2) return 0;
  if (isCutOff(left, right) || isCutOff(right, left)) return CUT_OFF;
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < left.length; at++) {
    const two = left.slice(at, at + 2);
    pairs.set(two, (pairs.get(two) ?? 0) + 1);
  }
  let common = 0;
  for (let at = 0; at + 1 < right.length; at++) {
    const two = right.slice(at, at + 2);
    const left = pairs.get(two) ?? 0;
    if (left === 0) continue;
    pairs.set(two, left - 1);
    common++;
  }
  return (2 * common) / (left.length + right.length - 2);
}
