import { z } from 'zod';

const MIN_REASON = 10;

export const waiverSchema = z.strictObject({
  fingerprint: z
    .string()
    .regex(/^(m-[0-9a-f]{6,40}|[0-9a-f]{8,64})$/, 'must be the id of a mutant (m-…) or the fingerprint of a finding')
    .describe('Id of the mutant, or fingerprint of the finding, as reports give it.'),
  code: z.string().min(1).describe('What was found, such as "mutant/survived".'),
  path: z.string().describe('File it was found in, relative to the root; empty where it speaks of no file.'),
  symbol: z.string().optional().describe('Definition that it is in.'),
  text: z.string().describe('What was found, in words, for whoever reviews this.'),
  lines: z
    .number()
    .int()
    .min(0)
    .describe(
      'Number of lines that the waiver is bound to; 0 for the whole file, or for the words where there is none.',
    ),
  content: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'must be 16 hex digits; `downforce waive` writes them')
    .describe('Digest of those lines: the waiver lapses when they change.'),
  reason: z
    .string()
    .refine((text) => text.trim().length >= MIN_REASON, `must say why, in at least ${MIN_REASON} characters`)
    .describe('Why it stays.'),
  who: z.string().min(1).describe('Who says so.'),
  when: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d/, 'must be a date such as "2026-11-21"')
    .describe('When it was said.'),
});

export const waiversSchema = z
  .strictObject({
    $schema: z.string().optional(),
    waivers: z
      .array(waiverSchema)
      .default([])
      .describe('What a person has decided to let stay, each bound to its code.'),
  })
  .describe('Waivers of Downforce; `downforce waive ID --reason TEXT` adds one.');

export type Waiver = Readonly<z.output<typeof waiverSchema>>;
