import type { ScriptCall } from './node-packages.ts';
import { createScriptPicker } from './npm-run-all.ts';
import { readScriptReference } from './package-manager.ts';
import { splitCommands } from './shell-words.ts';
import { unwrap } from './wrappers.ts';

type Scripts = Readonly<Record<string, string>>;

/** Scripts that call each other in circles or fan out without end stop here. */
const MAX_CALLS = 200;

/** The calls of all scripts a person would run, scripts they call in the same package included. */
export function readScriptCalls(scripts: Scripts): readonly ScriptCall[] {
  return Object.keys(scripts)
    .filter((script) => !isHook(scripts, script))
    .flatMap((script) =>
      expand(scripts, script, [], new Set())
        .slice(0, MAX_CALLS)
        .map((call) => ({ ...call, script })),
    );
}

/** `pretest` runs with `test`; nobody calls it by itself. */
function isHook(scripts: Scripts, script: string): boolean {
  const base = /^(?:pre|post)(.+)$/.exec(script)?.[1];
  return base !== undefined && scripts[base] !== undefined;
}

type Call = Omit<ScriptCall, 'script'>;

function expand(scripts: Scripts, name: string, extra: readonly string[], above: ReadonlySet<string>): Call[] {
  const text = scripts[name];
  if (text === undefined || above.has(name)) return [];
  const within = new Set(above).add(name);
  return [
    ...readLine(scripts, scripts[`pre${name}`] ?? '', [], within),
    ...readLine(scripts, text, extra, within),
    ...readLine(scripts, scripts[`post${name}`] ?? '', [], within),
  ];
}

function readLine(scripts: Scripts, text: string, extra: readonly string[], above: ReadonlySet<string>): Call[] {
  const commands = splitCommands(text);
  const calls: Call[] = [];
  for (const [index, command] of commands.entries()) {
    // After `cd` the rest runs in another folder, whose own package says what is run there.
    if (command[0] === 'cd' && command[1] !== '.') break;
    const words = index === commands.length - 1 ? [...command, ...extra] : command;
    calls.push(...readCommand(scripts, words, above));
    if (calls.length >= MAX_CALLS) break;
  }
  return calls;
}

function readCommand(scripts: Scripts, words: readonly string[], above: ReadonlySet<string>): Call[] {
  const { env, words: inner } = unwrap(words);
  const [program, ...args] = inner;
  if (program === undefined) return [];
  const withEnv = (call: Call): Call => ({ ...call, env: { ...env, ...call.env } });
  const picked = createScriptPicker(program, args);
  if (picked !== undefined) {
    const lines = picked(Object.keys(scripts));
    return lines.flatMap((line) => readPicked(scripts, line, above)).map(withEnv);
  }
  const reference = readScriptReference(program, args, scripts);
  switch (reference.kind) {
    case 'script':
      return expand(scripts, reference.name, reference.args, above).map(withEnv);
    case 'command':
      return readCommand(scripts, reference.words, above).map(withEnv);
    case 'other':
      return [{ program, args, env }];
    default:
      return reference satisfies never;
  }
}

function readPicked(scripts: Scripts, line: string, above: ReadonlySet<string>): Call[] {
  const [name = '', ...extra] = line.split(' ');
  return scripts[name] === undefined
    ? readLine(scripts, line, [], above)
    : expand(scripts, name, extra[0] === '--' ? extra.slice(1) : extra, above);
}
