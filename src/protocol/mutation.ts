import { z } from 'zod';
import { rangeSchema } from './finding.ts';

/** As in mutation-testing-report-schema, in our spelling. */
export const mutantStatusSchema = z.enum([
  'killed',
  'survived',
  'no-coverage',
  'timeout',
  'compile-error',
  'equivalent',
  'ignored',
  'error',
  'pending',
]);

export const testNameSchema = z.object({ file: z.string(), name: z.string() });

/** One mutant in the full report. */
export const mutantReportSchema = z.object({
  id: z.string(),
  status: mutantStatusSchema,
  path: z.string(),
  range: rangeSchema,
  /** The expression or statement that is exchanged as a whole. */
  exchange: rangeSchema,
  /** Digest of the lines of that, as a waiver is bound to them. */
  content: z.string(),
  symbol: z.string(),
  operator: z.string(),
  original: z.string(),
  replacement: z.string(),
  /** Nearest first. */
  covered_by: z.array(testNameSchema),
  killed_by: z.array(testNameSchema),
  duration_ms: z.number().int().min(0),
  /** How sure, why not judged, or why a person waived it. */
  reason: z.string().optional(),
  cached: z.literal(true).optional(),
});

/** What does not compile or is the same program is no mutant and counts nowhere. */
export const mutationSummarySchema = z.object({
  total: z.number().int().min(0),
  killed: z.number().int().min(0),
  survived: z.number().int().min(0),
  no_coverage: z.number().int().min(0),
  timeout: z.number().int().min(0),
  ignored: z.number().int().min(0),
  errors: z.number().int().min(0),
  /** Percentage of the judged that a test noticed; absent where none was judged. */
  score: z.number().min(0).max(100).optional(),
});

export type MutantReport = Readonly<z.infer<typeof mutantReportSchema>>;
export type MutationSummary = Readonly<z.infer<typeof mutationSummarySchema>>;
