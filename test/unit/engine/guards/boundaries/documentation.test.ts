import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { boundaryRuleSchema } from '../../../../../src/protocol/boundary-rules.ts';

const text = readFileSync(new URL('../../../../../docs/boundaries.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/^ {4}(\{.*\})$/gm)].map((match) => match[1] ?? '');

describe('docs/boundaries.md', () => {
  it('shows every kind of rule', () => {
    expect(examples.length).toBeGreaterThanOrEqual(9);
    for (const key of ['deny', 'reachable', 'also', 'allow', 'layers', 'independent', 'circular', 'unresolvable'])
      expect(examples.some((example) => example.includes(`"${key}"`))).toBe(true);
  });

  it.each(examples)('has an example that holds: %s', (example) => {
    const value: unknown = parse(example);
    const rules: unknown =
      typeof value === 'object' && value !== null && 'boundaries' in value ? value.boundaries : [value];
    for (const rule of Array.isArray(rules) ? rules : []) expect(boundaryRuleSchema.safeParse(rule).success).toBe(true);
  });
});
