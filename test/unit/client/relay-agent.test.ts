import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { agentArguments } from '../../../src/client/relay-agent-args.ts';
import { findProgram } from '../../../src/client/relay-find-program.ts';

const dir = mkdtempSync(join(tmpdir(), 'downforce-agents-'));
afterAll(() => rmSync(dir, { recursive: true }));

function program(path: string, mode: number): string {
  const file = join(dir, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

describe('the arguments of an agent', () => {
  const hostile = '# Hand-off\n"; rm -rf / #`$(id)` {file} $&';

  it('have the prompt as it is, where it is asked for, and nothing in it is filled in again', () => {
    expect(agentArguments(['-i', '{prompt}'], hostile, 'linux', '/bin/a')).toEqual(['-i', hostile]);
  });

  it('have it last where it is not asked for', () => {
    expect(agentArguments(['--fast'], hostile, 'linux', '/bin/a')).toEqual(['--fast', hostile]);
  });

  it('have its file instead, where that is asked for', () => {
    expect(agentArguments(['--from={file}'], hostile, 'linux', '/bin/a')).toEqual([
      '--from=.downforce/relay/prompt.md',
    ]);
  });

  it.each([
    ['too long for an argument', 'x'.repeat(100_001), 'linux', '/bin/a'],
    ['too long in bytes', 'ü'.repeat(60_000), 'linux', '/bin/a'],
    ['too long for Windows', 'x'.repeat(24_001), 'win32', 'C:\\a.exe'],
    ['a batch file, which a shell runs', hostile, 'win32', 'C:\\npm\\claude.CMD'],
  ])('point at the file where it is %s', (_, prompt, platform, path) => {
    const [said = ''] = agentArguments(['{prompt}'], prompt, platform, path);
    expect(said).toMatch(/^Read the file \.downforce\/relay\/prompt\.md first/);
    expect(said).toMatch(/^[\w ./,]+$/);
  });
});

describe('a program on the PATH', () => {
  it('is the first that may be run', async () => {
    program('a/agent', 0o644);
    const wanted = program('b/agent', 0o755);
    program('c/agent', 0o755);
    mkdirSync(join(dir, 'd/agent'), { recursive: true });
    const PATH = ['d', 'a', 'b', 'c'].map((name) => join(dir, name)).join(':');
    expect(await findProgram('agent', { PATH }, 'linux')).toBe(wanted);
    expect(await findProgram('other', { PATH }, 'linux')).toBeUndefined();
  });

  it('is never one of the folder that one is in', async () => {
    const before = process.cwd();
    process.chdir(join(dir, 'b'));
    try {
      expect(await findProgram('agent', { PATH: '.::./b' }, 'linux')).toBeUndefined();
      expect(await findProgram('./agent', { PATH: join(dir, 'b') }, 'linux')).toBeUndefined();
      expect(await findProgram('../b/agent', { PATH: join(dir, 'b') }, 'linux')).toBeUndefined();
    } finally {
      process.chdir(before);
    }
  });

  it('may be named by its whole path', async () => {
    const file = program('e/agent', 0o755);
    expect(await findProgram(file, { PATH: '' }, 'linux')).toBe(file);
  });

  it('has one of the endings of Windows there', async () => {
    const file = program('w/agent.cmd', 0o755);
    expect(await findProgram('agent', { Path: join(dir, 'w'), PATHEXT: '.EXE;.CMD' }, 'win32')).toBe(file);
  });
});
