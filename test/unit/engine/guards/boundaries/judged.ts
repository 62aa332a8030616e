import { expect } from 'vitest';
import { boundaries } from '../../../../../src/engine/guards/boundaries/index.ts';
import { boundaryRuleSchema } from '../../../../../src/protocol/boundary-rules.ts';
import type { RawFinding } from '../../../../../src/protocol/finding.ts';
import { type ContextOptions, type Files, inspect } from '../context.ts';

export type { Files } from '../context.ts';

/** A rule as a user writes it. */
export type Rule = Readonly<Record<string, unknown>>;

/** `code path "what stands at the range"`, in order of place. */
export function told(findings: readonly RawFinding[], files: Files): readonly string[] {
  return findings.map((finding) => `${finding.code} ${finding.path}${textAt(finding, files)}`).sort();
}

function textAt({ path, range }: RawFinding, files: Files): string {
  if (range === undefined) return '';
  const lines = (files[path] ?? '').split('\n');
  const offset = ({ line, column }: { line: number; column: number }): number =>
    lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  return ` "${(files[path] ?? '').slice(offset(range.start), offset(range.end))}"`;
}

/** Findings of a change from one tree to another. */
export async function changed(
  base: Files,
  head: Files,
  rules: readonly Rule[],
  options: ContextOptions = {},
): Promise<readonly RawFinding[]> {
  const config = { boundaries: rules.map((rule) => boundaryRuleSchema.parse(rule)) };
  return (await inspect(boundaries, base, head, { ...options, config: { ...config, ...options.config } })).findings;
}

/** Findings of a whole tree. */
export async function all(files: Files, rules: readonly Rule[] = []): Promise<readonly RawFinding[]> {
  return changed({}, files, rules, { everything: true });
}

/** What is said of a tree, alike whether it is looked at as a whole (cheaply where that will do) or as a change (closely). */
export async function judged(files: Files, rules: readonly Rule[] = []): Promise<readonly string[]> {
  const whole = told(await all(files, rules), files);
  expect(told(await changed({}, files, rules), files)).toEqual(whole);
  return whole;
}
