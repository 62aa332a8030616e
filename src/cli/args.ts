import { parseArgs } from 'node:util';
import { ExpectedError } from '../engine/errors.ts';
import { nearestWord } from '../engine/nearest-word.ts';
import { parseShard, type Shard } from '../engine/shards/shard.ts';

export const COMMANDS = [
  'loop',
  'mutate',
  'gate',
  'explain',
  'init',
  'doctor',
  'waive',
  'merge',
  'streams',
  'relay',
  'decide',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export const FORMATS = ['auto', 'text', 'json', 'sarif', 'github', 'gitlab'] as const;
export type Format = (typeof FORMATS)[number];

export interface Arguments {
  readonly command: CommandName | undefined;
  readonly operands: readonly string[];
  readonly root: string | undefined;
  readonly base: string | undefined;
  readonly config: string | undefined;
  readonly format: Format;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly only: readonly string[];
  readonly all: boolean;
  readonly cache: boolean;
  /** Milliseconds; undefined for the configured one. */
  readonly budgetMs: number | undefined;
  readonly shard: Shard | undefined;
  readonly recorded: boolean;
  readonly reason: string | undefined;
  /** Who waives, where it is not whom git knows. */
  readonly as: string | undefined;
  /** What would be lost may go. */
  readonly force: boolean;
  /** Undefined for the budget as curated or configured. */
  readonly tokens: number | undefined;
  readonly out: string | undefined;
  /** File with the session's own words. */
  readonly draft: string | undefined;
  readonly ask: boolean;
  /** Ids of scopes. */
  readonly scope: readonly string[];
}

const OPTIONS = {
  root: { type: 'string' },
  base: { type: 'string' },
  config: { type: 'string' },
  format: { type: 'string', default: 'auto' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  verbose: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'V', default: false },
  only: { type: 'string', multiple: true, default: [] as string[] },
  all: { type: 'boolean', default: false },
  'no-cache': { type: 'boolean', default: false },
  budget: { type: 'string' },
  shard: { type: 'string' },
  recorded: { type: 'boolean', default: false },
  reason: { type: 'string' },
  as: { type: 'string' },
  tokens: { type: 'string' },
  out: { type: 'string' },
  draft: { type: 'string' },
  ask: { type: 'boolean', default: false },
  scope: { type: 'string', multiple: true, default: [] as string[] },
  force: { type: 'boolean', default: false },
} as const;

/** Commands that take words of their own; the others refuse them, lest a path be taken for what is judged. */
const WITH_OPERANDS: readonly CommandName[] = ['explain', 'waive', 'merge', 'streams', 'decide'];

/** What only some commands take. */
const OWN: Readonly<Record<string, readonly CommandName[]>> = {
  only: ['loop', 'mutate'],
  all: ['loop'],
  'no-cache': ['loop', 'mutate', 'gate'],
  budget: ['loop'],
  shard: ['mutate', 'gate'],
  recorded: ['gate'],
  reason: ['waive'],
  as: ['waive'],
  tokens: ['relay'],
  out: ['relay'],
  draft: ['relay'],
  ask: ['relay'],
  scope: ['decide'],
  force: ['streams'],
};

/** @throws ExpectedError for an unknown command or option, with the nearest right one. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals, tokens } = read(argv);
  const [name, ...operands] = positionals;
  const command = name === undefined ? undefined : commandOf(name);
  if (command !== undefined) assertTaken(command, operands, tokens);
  return {
    command,
    operands,
    root: values.root,
    base: values.base,
    config: values.config,
    format: values.json ? 'json' : formatOf(values.format),
    quiet: values.quiet,
    verbose: values.verbose,
    help: values.help,
    version: values.version,
    only: values.only,
    all: values.all,
    cache: !values['no-cache'],
    budgetMs: values.budget === undefined ? undefined : durationOf(values.budget),
    shard: values.shard === undefined ? undefined : shardOf(values.shard),
    recorded: values.recorded,
    reason: values.reason,
    as: values.as,
    tokens: values.tokens === undefined ? undefined : tokensOf(values.tokens),
    out: values.out,
    draft: values.draft,
    ask: values.ask,
    scope: values.scope,
    force: values.force,
  };
}

function assertTaken(command: CommandName, [stray]: readonly string[], tokens: Read['tokens']): void {
  for (const token of tokens) {
    const owners = token.kind === 'option' ? OWN[token.name] : undefined;
    if (owners === undefined || owners.includes(command)) continue;
    throw usage(
      `\`downforce ${command}\` takes no ${token.kind === 'option' ? token.rawName : ''}.`,
      `It belongs to: ${owners.join(', ')}.`,
    );
  }
  if (stray === undefined || WITH_OPERANDS.includes(command)) return;
  const hint =
    command === 'loop'
      ? 'To run one check alone: --only ID.'
      : command === 'mutate'
        ? 'To try one mutant alone: --only ID.'
        : 'See `downforce --help`.';
  throw usage(`\`downforce ${command}\` takes no "${stray}".`, hint);
}

type Read = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true; tokens: true }>>;

function read(argv: readonly string[]): Read {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, tokens: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '(-{1,2}([^'=]+))/.exec(text);
    if (unknown === null) throw usage(`${text.split('. ')[0]}.`, 'See `downforce --help`.');
    const near = nearestWord(unknown[2] ?? '', Object.keys(OPTIONS));
    throw usage(
      `Unknown option ${unknown[1]}.`,
      near === undefined ? 'See `downforce --help`.' : `Did you mean --${near}?`,
    );
  }
}

function commandOf(name: string): CommandName {
  const known = COMMANDS.find((command) => command === name);
  if (known !== undefined) return known;
  const near = nearestWord(name, COMMANDS);
  throw usage(
    `Unknown command "${name}".`,
    near === undefined ? `There are: ${COMMANDS.join(', ')}.` : `Did you mean \`downforce ${near}\`?`,
  );
}

function formatOf(text: string): Format {
  const known = FORMATS.find((format) => format === text);
  if (known !== undefined) return known;
  const near = nearestWord(text, FORMATS);
  throw usage(
    `Unknown format "${text}".`,
    near === undefined ? `There are: ${FORMATS.join(', ')}.` : `Did you mean ${near}?`,
  );
}

/** Milliseconds; `0` means no limit. */
function durationOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (match === null) throw usage(`"${text}" is no duration.`, 'Write 90s, 5m or 1500ms; 0 for no limit.');
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match[2] ?? 's'] ?? 1000;
  const ms = Number(match[1]) * unit;
  return ms === 0 ? Number.POSITIVE_INFINITY : ms;
}

function tokensOf(text: string): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (count < 200 || count > 1_000_000)
    throw usage(`"${text}" is no budget.`, 'Write a number of tokens, 200 or more.');
  return count;
}

function shardOf(text: string): Shard {
  const shard = parseShard(text);
  if (shard === undefined)
    throw usage(`"${text}" is no part of a run.`, 'Write 1/4 to 4/4 for the four parts of one run.');
  return shard;
}

function usage(message: string, hint: string): ExpectedError {
  return new ExpectedError('usage', message, hint);
}
