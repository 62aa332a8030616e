import { configSchema } from '../../src/protocol/config.ts';
import { createWork, type Repository } from './repository.ts';

/** Setting that switches every built-in guard off: what these tests change is no good work. */
export const GUARDS_OFF = Object.fromEntries(Object.keys(configSchema.parse({}).guards).map((name) => [name, 'off']));

type Files = Readonly<Record<string, string | Buffer>>;

/** A configuration without detected checks and guards. */
export function configText(more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ detect: false, guards: GUARDS_OFF, ...more });
}

/** A repository with the configured checks and these files committed, and a change of `changed.txt`. */
export function createChecked(checks: Readonly<Record<string, unknown>>, files: Files = {}): Repository {
  const config = configText({ checks });
  const repository = createWork({ 'changed.txt': '1', ...files, 'downforce.jsonc': config });
  repository.write({ 'changed.txt': '2' });
  return repository;
}

/** A check that runs a CommonJS text. */
export function script(text: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { run: ['node', '-e', text], ...more };
}

/** A check that prints ESLint's JSON for these messages of one file and exits 1. */
export function complaints(file: string, messages: readonly string[]): Readonly<Record<string, unknown>> {
  const list = messages.map((message, index) => ({ ruleId: 'rule', severity: 2, message, line: index + 1, column: 1 }));
  const output = JSON.stringify([{ filePath: file, messages: list }]);
  return script(`console.log(${JSON.stringify(output)}); process.exitCode = 1`, { parse: 'eslint-json' });
}
