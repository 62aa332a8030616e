import { z } from 'zod';

export const severitySchema = z.enum(['error', 'warning', 'info']);

/** 1-based line and column. */
export const positionSchema = z.object({ line: z.number().int().min(1), column: z.number().int().min(1) });

/** Half-open: `end` is the first place after the range. */
export const rangeSchema = z.object({ start: positionSchema, end: positionSchema });

export const findingSchema = z.object({
  /** `area/kind`, stable, documented in docs/findings.md. */
  code: z.string(),
  severity: severitySchema,
  /** Relative to the root, with `/`; empty where the finding speaks of the whole repository. */
  path: z.string(),
  range: rangeSchema.optional(),
  message: z.string(),
  because: z.string().optional(),
  scope: z.string(),
  /** Stays the same when lines move: made of code, path and what the finding says. */
  fingerprint: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});

export type Severity = z.infer<typeof severitySchema>;
export type Position = Readonly<z.infer<typeof positionSchema>>;
export type Range = Readonly<z.infer<typeof rangeSchema>>;
export type Finding = Readonly<z.infer<typeof findingSchema>>;

/** What a parser or guard reports; the judge adds the scope and the fingerprint. */
export type RawFinding = Omit<Finding, 'scope' | 'fingerprint'>;
