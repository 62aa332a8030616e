import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arguments, COMMANDS, FORMATS, parseArguments } from '../../../src/cli/args.ts';
import { ExpectedError } from '../../../src/engine/errors.ts';

const DEFAULTS: Arguments = {
  command: undefined,
  operands: [],
  root: undefined,
  base: undefined,
  config: undefined,
  format: 'auto',
  quiet: false,
  verbose: false,
  help: false,
  version: false,
  only: [],
  all: false,
  cache: true,
  budgetMs: undefined,
  shard: undefined,
  recorded: false,
  reason: undefined,
  as: undefined,
  force: false,
  tokens: undefined,
  out: undefined,
  draft: undefined,
  ask: false,
  scope: [],
};

function refusal(...argv: readonly string[]): string {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof ExpectedError) return `${error.exitStatus} ${error.message} ${error.hint}`;
    throw error;
  }
  return 'accepted';
}

describe('arguments', () => {
  it.each<[string, Partial<Arguments>]>([
    ['', {}],
    ['loop', { command: 'loop' }],
    ['loop --only lint:a --only test:b', { command: 'loop', only: ['lint:a', 'test:b'] }],
    ['--only=lint:a loop', { command: 'loop', only: ['lint:a'] }],
    ['loop --all --no-cache', { command: 'loop', all: true, cache: false }],
    ['loop --budget 90s', { command: 'loop', budgetMs: 90_000 }],
    ['loop --budget 1500ms', { command: 'loop', budgetMs: 1500 }],
    ['loop --budget 1.5m', { command: 'loop', budgetMs: 90_000 }],
    ['loop --budget 1h', { command: 'loop', budgetMs: 3_600_000 }],
    ['loop --budget 20', { command: 'loop', budgetMs: 20_000 }],
    ['loop --budget 0', { command: 'loop', budgetMs: Number.POSITIVE_INFINITY }],
    ['loop --budget 0s', { command: 'loop', budgetMs: Number.POSITIVE_INFINITY }],
    ['explain src/a.ts', { command: 'explain', operands: ['src/a.ts'] }],
    ['explain -- --odd.ts', { command: 'explain', operands: ['--odd.ts'] }],
    ['loop --root x --base main --config c.jsonc', { command: 'loop', root: 'x', base: 'main', config: 'c.jsonc' }],
    ['loop --json', { command: 'loop', format: 'json' }],
    ['loop --format sarif', { command: 'loop', format: 'sarif' }],
    ['loop -q -v', { command: 'loop', quiet: true, verbose: true }],
    ['loop -qv', { command: 'loop', quiet: true, verbose: true }],
    ['--help', { help: true }],
    ['loop -h', { command: 'loop', help: true }],
    ['-V', { version: true }],
    ['doctor --quiet', { command: 'doctor', quiet: true }],
    ['mutate --only m-1 --no-cache', { command: 'mutate', only: ['m-1'], cache: false }],
    ['mutate --shard 2/4', { command: 'mutate', shard: { index: 2, count: 4 } }],
    ['gate --shard 256/256', { command: 'gate', shard: { index: 256, count: 256 } }],
    ['gate --recorded', { command: 'gate', recorded: true }],
    ['waive m-1 --reason because --as Ada', { command: 'waive', operands: ['m-1'], reason: 'because', as: 'Ada' }],
    ['relay --tokens 2000 --draft d.md --out o.md', { command: 'relay', tokens: 2000, draft: 'd.md', out: 'o.md' }],
    ['relay --ask', { command: 'relay', ask: true }],
    ['decide x --scope a --scope b', { command: 'decide', operands: ['x'], scope: ['a', 'b'] }],
    ['merge a.json b.json', { command: 'merge', operands: ['a.json', 'b.json'] }],
  ])('%s', (line, expected) => {
    expect(parseArguments(line.split(' ').filter((word) => word !== ''))).toEqual({ ...DEFAULTS, ...expected });
  });

  it.each(COMMANDS)('knows the command %s', (command) => expect(parseArguments([command]).command).toBe(command));
  it.each(FORMATS)('knows the format %s', (format) => expect(parseArguments(['--format', format]).format).toBe(format));

  it.each<[readonly string[], RegExp]>([
    [['lop'], /^2 Unknown command "lop"\. Did you mean `downforce loop`\?$/],
    [
      ['zzzzzz'],
      /Unknown command "zzzzzz"\. There are: loop, mutate, gate, explain, init, doctor, waive, merge, streams, relay, decide\.$/,
    ],
    [['loop', '--onyl', 'x'], /^2 Unknown option --onyl\. Did you mean --only\?$/],
    [['loop', '--onyl=x'], /^2 Unknown option --onyl\. Did you mean --only\?$/],
    [['loop', '--zzzzzzzzz'], /Unknown option --zzzzzzzzz\. See `downforce --help`\.$/],
    [['loop', '-x'], /Unknown option -x\./],
    [['loop', '--format', 'jsno'], /Unknown format "jsno"\. Did you mean json\?$/],
    [['loop', '--format', 'zzzzzz'], /Unknown format "zzzzzz"\. There are: auto, text/],
    [['loop', '--root'], /^2 .*--root/],
    [['loop', '--all=yes'], /^2 .*--all/],
    [['loop', '--budget', 'soon'], /^2 "soon" is no duration\. Write 90s/],
    [['loop', '--budget', '-5'], /^2 /],
    [['loop', '--budget', '5d'], /is no duration/],
    [['loop', '--budget', ''], /is no duration/],
    [['doctor', '--only', 'x'], /^2 `downforce doctor` takes no --only\. It belongs to: loop, mutate\.$/],
    [['init', '--no-cache'], /takes no --no-cache/],
    [['explain', '--budget=5s', 'x'], /takes no --budget/],
    [['loop', 'stray'], /^2 .*stray/],
    [['doctor', 'stray'], /^2 .*stray/],
    [['mutate', 'm-1'], /^2 `downforce mutate` takes no "m-1"\. To try one mutant alone: --only ID\.$/],
    [['gate', 'stray'], /^2 .*stray/],
    [['gate', '--only', 'x'], /^2 `downforce gate` takes no --only\./],
    [['loop', '--shard', '1/2'], /^2 `downforce loop` takes no --shard\. It belongs to: mutate, gate\.$/],
    [['mutate', '--recorded'], /takes no --recorded\. It belongs to: gate\.$/],
    [['gate', '--shard', '0/2'], /^2 "0\/2" is no part of a run\. Write 1\/4/],
    [['gate', '--shard', '3/2'], /"3\/2" is no part/],
    [['gate', '--shard', '1'], /"1" is no part/],
    [['gate', '--shard', '1/257'], /"1\/257" is no part/],
    [['gate', '--shard', '01/2'], /"01\/2" is no part/],
    [['gate', '--shard', '1/2x'], /"1\/2x" is no part/],
  ])('%j is refused with what would be right', (argv, expected) => expect(refusal(...argv)).toMatch(expected));

  it('are understood, or refused in words', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'loop',
        '--only',
        '--',
        '-',
        '--format',
        '-qv',
        '--budget',
        '5s',
        '--json',
        '--__proto__',
        '--constructor',
        '--toString=1',
      ),
    );
    fc.assert(
      fc.property(fc.array(word), (argv) => {
        expect(refusal(...argv)).toMatch(/^(accepted$|2 \S)/);
      }),
      { numRuns: 400 },
    );
  });
});
