import { z } from 'zod';

const end = z
  .string()
  .min(1)
  .describe(
    'A scope, a glob of files, a package (`npm:lodash`, `pypi:numpy`, `go:…`, `crate:…`, `maven:…`) or a builtin (`node:fs`).',
  );
const ends = z.union([end, z.array(end).min(1)]).transform((value) => (typeof value === 'string' ? [value] : value));
const because = z.string().min(1).optional().describe('Why the rule stands; shown with each finding.');
const types = z.enum(['deny', 'allow']).default('deny').describe('Whether type-only imports are denied too.');
const except = ends.optional().describe('What the rule does not speak of, though it matches.');

const denyRule = z.strictObject({
  from: ends.describe('Whose imports the rule governs.'),
  deny: ends.describe('What they may not import.'),
  except,
  reachable: z.boolean().default(false).describe('Also denies reaching it through other files, however many.'),
  also: z
    .array(z.enum(['names', 'literals']))
    .default([])
    .describe('`names`: imports of a name under which the denied package is known; `literals`: strings that name it.'),
  computed: z
    .enum(['deny', 'allow'])
    .default('deny')
    .describe('Whether a specifier that is only known at run time is a finding.'),
  types,
  because,
});

const allowRule = z.strictObject({
  from: ends.describe('Whose imports the rule governs.'),
  allow: ends.describe('All that they may import, besides themselves.'),
  computed: z
    .enum(['deny', 'allow'])
    .default('deny')
    .describe('Whether a specifier that is only known at run time is a finding.'),
  types,
  because,
});

const layersRule = z.strictObject({
  layers: z
    .array(z.union([end, z.array(end).min(1)]))
    .min(2)
    .describe(
      'From the top: each may import those below it. Names in one array are siblings and may not import each other.',
    ),
  types,
  because,
});

const independentRule = z.strictObject({
  independent: z.array(end).min(2).describe('None of these may reach another, directly or through other files.'),
  types,
  because,
});

const circularRule = z.strictObject({
  circular: ends.describe('Files among which no import may lead back to where it started.'),
  types: z
    .enum(['deny', 'allow'])
    .default('allow')
    .describe('Whether a circle that only type-only imports close is one.'),
  because,
});

const strictnessRule = z.strictObject({
  from: ends.describe('Whose imports the rule governs.'),
  unresolvable: z.literal('deny').optional().describe('A specifier that leads to no file is a finding.'),
  computed: z.literal('deny').optional().describe('A specifier that is only known at run time is a finding.'),
  because,
});

export const boundaryRuleSchema = z
  .union([denyRule, allowRule, layersRule, independentRule, circularRule, strictnessRule])
  .describe('A rule about what may import what; see docs/boundaries.md.');

export type DenyRule = Readonly<z.output<typeof denyRule>>;
export type AllowRule = Readonly<z.output<typeof allowRule>>;
export type LayersRule = Readonly<z.output<typeof layersRule>>;
export type IndependentRule = Readonly<z.output<typeof independentRule>>;
export type CircularRule = Readonly<z.output<typeof circularRule>>;
export type StrictnessRule = Readonly<z.output<typeof strictnessRule>>;
export type BoundaryRule = Readonly<z.output<typeof boundaryRuleSchema>>;
