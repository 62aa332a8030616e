import { expect, it } from 'vitest';
import { agentOf } from '../../../src/cli/agent.ts';
import type { Streams } from '../../../src/cli/streams.ts';

function streams(env: Streams['env'], tty: boolean): Streams {
  const write = (): boolean => true;
  return { env, cwd: '/', stdin: { isTTY: tty }, stdout: { write, isTTY: tty }, stderr: { write } };
}

it.each<[Streams['env'], string | undefined]>([
  [{ CLAUDECODE: '1' }, 'Claude Code'],
  [{ CODEX_SANDBOX: 'seatbelt' }, 'Codex'],
  [{ CURSOR_AGENT: '1' }, 'Cursor'],
  [{ GEMINI_CLI: '1' }, 'Gemini CLI'],
  [{ AI_AGENT: 'anything' }, 'an agent'],
  [{ CLAUDECODE: '' }, undefined],
  [{ CLAUDECODE: '0' }, undefined],
  [{ CODEX_HOME: '/home/ada/.codex', CLAUDE_CONFIG_DIR: 'x' }, undefined],
  [{}, undefined],
])('%j without a terminal is run by %s', (env, expected) => {
  expect(agentOf(streams(env, false))).toBe(expected);
  expect(agentOf({ ...streams(env, true), stdin: { isTTY: false } })).toBe(expected);
  expect(agentOf(streams(env, true))).toBeUndefined();
});
