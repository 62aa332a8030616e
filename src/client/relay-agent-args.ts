import { PROMPT_FILE } from './relay-prompt-file.ts';

/** A single argument may have 128 KiB on Linux; all of them together 32 KiB on Windows. */
const MOST_BYTES = 100_000;
const MOST_BYTES_WINDOWS = 24_000;

/** Fit for any shell, since a batch file is run by one whether we want it or not. */
const POINTER = `Read the file ${PROMPT_FILE} first, it hands this work over to you.`;

/**
 * Arguments of an agent with the prompt put in for `{prompt}` and its file, relative to the root, for `{file}`. With
 * neither it is the last one. A prompt that does not fit, or would go through a shell, is pointed at.
 */
export function agentArguments(given: readonly string[], prompt: string, platform: string, program: string): string[] {
  const most = platform === 'win32' ? MOST_BYTES_WINDOWS : MOST_BYTES;
  const batch = platform === 'win32' && /\.(cmd|bat)$/i.test(program);
  const told = batch || Buffer.byteLength(prompt) > most ? POINTER : prompt;
  const args = given.some((arg) => /\{(prompt|file)\}/.test(arg)) ? given : [...given, '{prompt}'];
  return args.map((arg) => arg.replaceAll(/\{(prompt|file)\}/g, (_, what) => (what === 'file' ? PROMPT_FILE : told)));
}
