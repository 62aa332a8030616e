import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseArguments } from '../../../src/cli/args.ts';

const PAGE = readFileSync(new URL('../../../docs/ci.md', import.meta.url), 'utf8');
const WORKFLOWS = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map((match): unknown => parse(match[1] ?? ''));

/** Every text under `run` and `script`, however deep. */
function linesOf(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return ['run', 'script'].includes(key) ? value.split('\n') : [];
  if (Array.isArray(value)) return value.flatMap((item) => linesOf(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => linesOf(inner, name));
}

/** What a shell would hand over, for variables that hold a number or a word. */
function wordsOf(command: string): readonly string[] {
  return command
    .replace(/\$\{\{[^}]*\}\}|\$CI_NODE_INDEX/g, '1')
    .replace('$CI_NODE_TOTAL', '4')
    .replace(/\$\w+/g, 'word')
    .replace(/"/g, '')
    .trim()
    .split(/\s+/);
}

const COMMANDS = WORKFLOWS.flatMap((workflow) => linesOf(workflow)).flatMap((line) =>
  [...line.matchAll(/(?:^|&& )downforce ([^|>&]*)/g)].map((match) => match[1] ?? ''),
);

describe('the workflows of docs/ci.md', () => {
  it('are three, with the commands that make a gate', () => {
    expect(WORKFLOWS).toHaveLength(3);
    expect(COMMANDS.map((command) => command.split(' ')[0])).toEqual([
      'gate',
      'gate',
      'merge',
      'merge',
      'gate',
      'merge',
    ]);
  });

  it.each(COMMANDS)('downforce %s', (command) => {
    const args = parseArguments(wordsOf(command));
    if (args.shard !== undefined) expect(args.shard).toEqual({ index: 1, count: 4 });
    if (args.command === 'merge') expect(args.operands).toHaveLength(1);
  });

  it('fetch the history that the merge base is in, wherever something is judged', () => {
    const text = JSON.stringify(WORKFLOWS);
    const checkouts = text.match(/actions\/checkout@v\d+","with":\{"fetch-depth":0\}/g) ?? [];
    expect(checkouts).toHaveLength(text.match(/actions\/checkout@/g)?.length ?? 0);
    expect(text).toContain('"GIT_DEPTH":0');
  });

  it('split into as many parts as are joined', () => {
    expect(PAGE.match(/part: \[1, 2, 3, 4\]/g)).toHaveLength(1);
    expect(PAGE.match(/parallel: 4/g)).toHaveLength(1);
    expect(new Set(PAGE.match(/-of-\d+/g))).toEqual(new Set(['-of-4']));
  });

  it('hand hidden files on, which upload-artifact leaves out unless told', () => {
    const uploads = PAGE.match(/actions\/upload-artifact@/g) ?? [];
    expect(PAGE.match(/include-hidden-files: true/g)).toHaveLength(uploads.length);
  });
});
