import { z } from 'zod';
import { ENVELOPE_SCHEMA } from './envelope-id.ts';
import { findingSchema } from './finding.ts';
import { mutantReportSchema, mutationSummarySchema } from './mutation.ts';
import { shardSchema } from './shard.ts';

export const statusSchema = z.enum(['pass', 'fail', 'error', 'timeout', 'deferred', 'skipped', 'cancelled']);

export const checkReportSchema = z.object({
  id: z.string(),
  status: statusSchema,
  duration_ms: z.number().int().min(0),
  /** Units looked at: files, tests, packages; null where the tool does not say. */
  examined: z.number().int().min(0).nullable(),
  /** Why it was skipped, deferred, stopped, or could not judge. */
  reason: z.string().optional(),
  /** What qualifies a verdict: `passed on retry 2/3`. */
  note: z.string().optional(),
  /** The verdict was not made now: its inputs have not changed since it was. */
  cached: z.literal(true).optional(),
  details: z.array(z.string()),
  omitted_details: z.number().int().min(0),
  /** Findings that a person waived; they fail nothing. */
  waived: z.number().int().min(1).optional(),
  /** In the report only. */
  findings: z.array(findingSchema).optional(),
  waived_findings: z.array(findingSchema).optional(),
  mutants: z.array(mutantReportSchema).optional(),
});

export const wideningSchema = z.object({ code: z.string(), path: z.string().optional(), text: z.string() });

export const envelopeSchema = z.object({
  schema: z.literal(ENVELOPE_SCHEMA),
  ok: z.boolean(),
  command: z.string(),
  result: z
    .object({
      scope: z.object({
        base: z.string().nullable(),
        base_name: z.string().nullable(),
        changed_files: z.number().int(),
        /** Changed files that an explicit rule says no check reads. */
        inert_files: z.number().int(),
        expanded_scopes: z.array(z.string()),
        /** `gate` where everything had to be checked. */
        fallback: z.literal('gate').nullable(),
        widening_reasons: z.array(wideningSchema),
        omitted_widening_reasons: z.number().int(),
      }),
      checks: z.array(checkReportSchema),
      summary: z.object({
        total: z.number().int(),
        passed: z.number().int(),
        failed: z.number().int(),
        errored: z.number().int(),
        deferred: z.number().int(),
        skipped: z.number().int(),
        cancelled: z.number().int(),
      }),
      omitted_checks: z.number().int(),
      /** Where mutants were tried. */
      mutation: mutationSummarySchema.optional(),
      /** Of one part of a run that was split. */
      shard: shardSchema.optional(),
      /** In the report of a part only: what it says of its mutants in the public schema. */
      mutation_report: z.unknown().optional(),
      /** When the verdict was made, where it is answered from the record. */
      recorded: z.string().optional(),
      /** Short digest of the tree it is true of; absent where files changed meanwhile. */
      tree: z.string().optional(),
      /** The same of what checks read: it stays where only files changed that a rule calls inert. */
      inputs: z.string().optional(),
      /** ISO date of the verdict. */
      at: z.string().optional(),
      /** What was decided about the scopes that the change touches. */
      decisions: z.array(z.string()).optional(),
      omitted_decisions: z.number().int().min(1).optional(),
      /** Relative to the root; null where it could not be written. */
      report: z.string().nullable(),
    })
    .optional(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  next_actions: z.array(z.object({ command: z.string(), description: z.string() })),
});

export type Status = z.infer<typeof statusSchema>;
export type CheckReport = z.infer<typeof checkReportSchema>;
export type Envelope = z.infer<typeof envelopeSchema>;
export type EnvelopeResult = NonNullable<Envelope['result']>;
export type NextAction = Envelope['next_actions'][number];
