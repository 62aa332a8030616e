import { z } from 'zod';
import { boundaryRuleSchema } from './boundary-rules.ts';

/** What an entry of `parse` may name; the engine's parsers are keyed by these. */
export const FORMATS = [
  'eslint-json',
  'oxlint-json',
  'biome',
  'ruff-json',
  'mypy',
  'pyright',
  'tsc',
  'cargo-json',
  'go-json',
  'go-vet',
  'golangci-json',
  'vitest-json',
  'jest-json',
  'mocha-json',
  'junit',
  'tap',
  'sarif',
  'bandit-json',
  'exit-code',
] as const;

const inside = (path: string): boolean => !/^([\\/]|[A-Za-z]:)/.test(path) && !path.split(/[\\/]/).includes('..');

/** A path or glob relative to the root. */
const pattern = z.string().min(1).refine(inside, 'must stay inside the repository: relative to the root, without ".."');

function milliseconds(text: string): number {
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[/[a-z]+$/.exec(text)?.[0] ?? 's'] ?? 1000;
  return Math.round(Number.parseFloat(text) * unit);
}

const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'must be a duration such as "90s", "1500ms" or "5m"')
  .transform(milliseconds);

const BUDGET = 'must be a duration such as "90s", or 0 for no limit';
/** As on the command line, none of it means no limit. */
const budget = z
  .union([z.string().regex(/^(\d+(\.\d+)?(ms|s|m|h)|0)$/, BUDGET), z.literal(0, BUDGET)])
  .transform((value) => milliseconds(String(value)) || Number.POSITIVE_INFINITY);

const regularExpression = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    try {
      new RegExp(source);
    } catch (error) {
      // The engine's own words: they say what is wrong with it.
      const message = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: 'custom', message: `must be a regular expression: ${message}` });
    }
  });

const group = z.number().int().min(0).max(20);

export const problemPatternSchema = z
  .strictObject({
    regexp: regularExpression.describe('Regular expression matched against each line of output.'),
    file: group.describe('Number of the group that holds the path.'),
    line: group.describe('Number of the group that holds the line, from 1.'),
    column: group.optional().describe('Number of the group that holds the column, from 1.'),
    endLine: group.optional().describe('Number of the group that holds the last line.'),
    endColumn: group.optional().describe('Number of the group that holds the column after the end.'),
    severity: group.optional().describe('Number of the group that holds "error", "warning" or "info".'),
    code: group.optional().describe('Number of the group that holds the rule.'),
    message: group.describe('Number of the group that holds the message.'),
  })
  .describe('How to read findings from lines of output, as in VS Code problem matchers.');

const scopeSchema = z.strictObject({
  paths: z
    .array(pattern)
    .min(1)
    .describe('Globs of the files that belong to the scope; the first scope that matches wins.'),
  dependsOn: z.array(z.string()).default([]).describe('Scopes whose change calls for checking this one.'),
});

const checkSchema = z
  .strictObject({
    run: z
      .union([z.string().min(1), z.array(z.string()).min(1)])
      .optional()
      .describe(
        'Command, without a shell. `{files}` becomes the affected files, `{scope.root}` the folder of the scope.',
      ),
    runner: z
      .enum(['vitest', 'jest', 'mocha', 'node-test', 'pytest', 'go-test', 'cargo-test', 'maven', 'npm-script'])
      .optional()
      .describe('A test runner that Downforce knows; used instead of `run`.'),
    parse: z
      .union([z.enum(FORMATS), problemPatternSchema])
      .optional()
      .describe('How the output is read. Without it the exit status alone decides.'),
    report: pattern.optional().describe('File that the command writes for the parser.'),
    scope: z.string().optional().describe('Scope that the check belongs to.'),
    covers: z
      .array(pattern)
      .optional()
      .describe('Globs of the files whose change calls for the check; default: all of its scope.'),
    cwd: pattern.optional().describe('Folder to run in, relative to the root.'),
    env: z.array(z.string()).default([]).describe('Environment variables that the verdict depends on.'),
    timeout: duration.optional().describe('Time after which the check is stopped, such as "60s".'),
    retries: z
      .number()
      .int()
      .min(0)
      .max(5)
      .default(0)
      .describe('Further tries after a failure; a pass on a retry is reported as flaky.'),
    fallback: z.string().optional().describe('Command for when the first one cannot run.'),
    off: z.boolean().default(false).describe('Switches a detected check off.'),
  })
  .refine((check) => check.run === undefined || check.runner === undefined, 'has both "run" and "runner"; keep one');

const level = z.enum(['off', 'warn', 'block']);

const guardsSchema = z
  .strictObject({
    boundaries: level.default('block').describe('What may import what.'),
    suppressions: z
      .union([
        level,
        z.strictObject({
          level: level.default('block'),
          patterns: z
            .array(z.strictObject({ tool: z.string().min(1), pattern: regularExpression }))
            .default([])
            .describe('Further comments that silence a tool: its name, and a regular expression on the comment.'),
        }),
      ])
      .default('block')
      .transform((value) => (typeof value === 'string' ? { level: value, patterns: [] } : value))
      .describe('New comments and settings that silence a tool.'),
    'changed-tests': level.default('block').describe('Runtime code changed, and no test changed in substance.'),
    'file-size': z
      .union([level, z.strictObject({ level: level.default('warn'), lines: z.number().int().min(50).default(500) })])
      .default('warn')
      .transform((value) => (typeof value === 'string' ? { level: value, lines: 500 } : value))
      .describe('A file newly over so many lines, or over them and grown.'),
    waivers: level
      .default('warn')
      .describe('Waivers that are new in the change: off says nothing, warn shows them, block lets none in.'),
  })
  .describe('The built-in checks that need no tool: off, warn or block each.');

const mutationSchema = z
  .strictObject({
    max: z.number().int().min(1).max(200).default(12).describe('At most so many mutants are tried.'),
    operators: z
      .union([z.literal('default'), z.array(z.string().min(1)).min(1)])
      .default('default')
      .describe('Names of the operators that make mutants, or "default" for all.'),
    arid: z
      .array(z.string().min(1))
      .default([])
      .describe('Further calls whose mutants are worth no one\'s time, such as "audit.record" or "Sentry.*".'),
    noCoverage: level
      .default('block')
      .describe('Changed lines that no test runs: off says nothing, warn shows them, block fails.'),
    timeout: duration
      .optional()
      .describe('Time that the tests may take with one mutant; default: a multiple of what they take without.'),
    exclude: z.array(pattern).default([]).describe('Globs of files in which no mutants are made.'),
    requireChangedTests: z
      .boolean()
      .default(false)
      .describe(
        '`mutate` and `gate` fail where runtime code changed and no test did, whatever the guard `changed-tests` says.',
      ),
  })
  .describe('How `downforce mutate` breaks the changed lines to see whether a test notices.');

const relaySchema = z
  .strictObject({
    tokens: z
      .number()
      .int()
      .min(200)
      .max(1_000_000)
      .default(4000)
      .describe('About so many tokens a hand-off prompt may have; what matters least is left out.'),
    plan: pattern
      .optional()
      .describe('Markdown file whose open items (`- [ ]`) remain to be done. Default: PLAN.md, TODO.md, docs/plan.md.'),
    instructions: z
      .array(pattern)
      .default([])
      .describe('Files beside AGENTS.md and CLAUDE.md that say how to work here; the parts that apply are quoted.'),
  })
  .describe('The hand-off prompt of `downforce relay`.');

const streamsSchema = z
  .strictObject({
    setup: z
      .union([z.string().min(1), z.array(z.string()).min(1)])
      .optional()
      .describe('Command, without a shell, that makes a new working tree ready, such as "npm ci".'),
    folder: z
      .string()
      .min(1)
      .optional()
      .describe('Where working trees of streams go, relative to the root. Default: beside it, NAME-streams.'),
  })
  .describe('Streams of work side by side: `downforce streams`.');

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    base: z
      .string()
      .min(1)
      .optional()
      .describe('What a change is measured from: a branch, tag or commit. Default: origin/main and its like.'),
    budget: budget.default(180_000).describe('Time that `downforce loop` may take, such as "180s"; 0 for no limit.'),
    detect: z.boolean().default(true).describe('Whether tools are detected beside the checks named here.'),
    scopes: z
      .record(z.string().min(1), scopeSchema)
      .default({})
      .describe('Parts of the repository that are checked as one. Default: packages, crates and modules as found.'),
    inert: z.array(pattern).default([]).describe('Globs of files whose change needs no check.'),
    checks: z
      .record(
        z
          .string()
          .regex(
            /^(lint|types|test|build|security):.+$/,
            'must be kind:NAME, kind being lint, types, test, build or security',
          ),
        checkSchema,
      )
      .default({})
      .describe('Checks beside, or instead of, those detected.'),
    boundaries: z
      .array(boundaryRuleSchema)
      .default([])
      .describe('Rules about what may import what; see docs/boundaries.md.'),
    guards: guardsSchema.prefault({}),
    mutation: mutationSchema.prefault({}),
    relay: relaySchema.prefault({}),
    streams: streamsSchema.prefault({}),
    decisions: pattern
      .optional()
      .describe(
        'Where decisions are kept: a Markdown file, or a folder of numbered ones. Default: the ADR folder there is, else docs/decisions.md.',
      ),
  })
  .describe('Downforce configuration');

export type Config = Readonly<z.output<typeof configSchema>>;
export type GuardLevel = z.infer<typeof level>;
export type MutationConfig = Readonly<z.output<typeof mutationSchema>>;
export type CheckConfig = Readonly<z.output<typeof checkSchema>>;
export type ProblemPattern = Readonly<z.output<typeof problemPatternSchema>>;
