import type { Streams } from './streams.ts';

/** Variables that coding agents set for the commands they run; what a person may set for himself is not among them. */
const AGENTS: readonly (readonly [variable: string, name: string])[] = [
  ['CLAUDECODE', 'Claude Code'],
  ['CODEX_SANDBOX', 'Codex'],
  ['CODEX_THREAD_ID', 'Codex'],
  ['CODEX_CI', 'Codex'],
  ['CURSOR_AGENT', 'Cursor'],
  ['GEMINI_CLI', 'Gemini CLI'],
  ['COPILOT_AGENT_SESSION_ID', 'Copilot'],
  ['COPILOT_CLI', 'Copilot'],
  ['OPENCODE', 'opencode'],
  ['AUGMENT_AGENT', 'Augment'],
  ['AI_AGENT', 'an agent'],
];

/** Which agent runs us; undefined on a terminal, where there is a person, and where nothing says so. */
export function agentOf({ env, stdin, stdout }: Streams): string | undefined {
  if (stdin?.isTTY === true && stdout.isTTY === true) return undefined;
  const found = AGENTS.find(([variable]) => !['', '0', 'false', undefined].includes(env[variable]));
  return found?.[1];
}
