import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROMPT_FILE, writePromptFile } from '../../../src/client/relay-prompt-file.ts';

let root = '';
let outside = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'downforce-prompt-'));
  outside = mkdtempSync(join(tmpdir(), 'downforce-outside-'));
});
afterEach(() => {
  for (const dir of [root, outside]) rmSync(dir, { recursive: true });
});

it('is written where git does not see it, and written again', async () => {
  await writePromptFile(root, 'first');
  await writePromptFile(root, 'ü second');
  expect(readFileSync(join(root, PROMPT_FILE), 'utf8')).toBe('ü second');
  expect(readFileSync(join(root, '.downforce/.gitignore'), 'utf8')).toBe('*\n');
});

it('leaves what the folder has of its own', async () => {
  mkdirSync(join(root, '.downforce'));
  writeFileSync(join(root, '.downforce/.gitignore'), '*\n!keep\n');
  await writePromptFile(root, 'text');
  expect(readFileSync(join(root, '.downforce/.gitignore'), 'utf8')).toBe('*\n!keep\n');
});

it.each(['.downforce', '.downforce/relay'])('goes through no link that stands for %s', async (path) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  symlinkSync(outside, join(root, path));
  await expect(writePromptFile(root, 'text')).rejects.toThrow('no folder of its own');
  expect(existsSync(join(outside, 'prompt.md'))).toBe(false);
  expect(existsSync(join(outside, 'relay'))).toBe(false);
});

it('takes the place of a link that stands for the file, and leaves alone what it leads to', async () => {
  const target = join(outside, 'precious');
  writeFileSync(target, 'precious');
  mkdirSync(join(root, '.downforce/relay'), { recursive: true });
  symlinkSync(target, join(root, PROMPT_FILE));
  await writePromptFile(root, 'text');
  expect(readFileSync(target, 'utf8')).toBe('precious');
  expect(readFileSync(join(root, PROMPT_FILE), 'utf8')).toBe('text');
});
