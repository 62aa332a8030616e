import type { ScriptCall } from './node-packages.ts';
import { createScriptPicker } from './npm-run-all.ts';
import { readScriptReference } from './package-manager.ts';
import { splitCommands } from './shell-words.ts';
import { unwrap } from './wrappers.ts';

type Scripts = Readonly<Record<string, string>>;

/** Scripts and calls followed from one script: those that fan out without end stop here. */
const MAX_STEPS = 500;

/** The calls of all scripts a person would run, scripts they call in the same package included. */
export function readScriptCalls(scripts: Scripts): readonly ScriptCall[] {
  return Object.keys(scripts)
    .filter((script) => !isHook(scripts, script))
    .flatMap((script) =>
      expand({ scripts, left: MAX_STEPS }, script, [], new Set()).map((call) => ({ ...call, script })),
    );
}

/** `pretest` runs with `test`; nobody calls it by itself. */
function isHook(scripts: Scripts, script: string): boolean {
  const base = /^(?:pre|post)(.+)$/.exec(script)?.[1];
  return base !== undefined && Object.hasOwn(scripts, base);
}

type Call = Omit<ScriptCall, 'script'>;

/** One walk from a script a person would run. */
interface Walk {
  readonly scripts: Scripts;
  left: number;
}

function expand(walk: Walk, name: string, extra: readonly string[], above: ReadonlySet<string>): Call[] {
  const { scripts } = walk;
  const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (text === undefined || above.has(name) || walk.left <= 0) return [];
  walk.left -= 1;
  const within = new Set(above).add(name);
  return [
    ...readLine(walk, scripts[`pre${name}`] ?? '', [], within),
    ...readLine(walk, text, extra, within),
    ...readLine(walk, scripts[`post${name}`] ?? '', [], within),
  ];
}

function readLine(walk: Walk, text: string, extra: readonly string[], above: ReadonlySet<string>): Call[] {
  const commands = splitCommands(text);
  const calls: Call[] = [];
  for (const [index, command] of commands.entries()) {
    // After `cd` the rest runs in another folder, whose own package says what is run there.
    if (command[0] === 'cd' && command[1] !== '.') break;
    const words = index === commands.length - 1 ? [...command, ...extra] : command;
    calls.push(...readCommand(walk, words, above));
    if (walk.left <= 0) break;
  }
  return calls;
}

function readCommand(walk: Walk, words: readonly string[], above: ReadonlySet<string>): Call[] {
  const { env, words: inner } = unwrap(words);
  const [program, ...args] = inner;
  if (program === undefined) return [];
  const withEnv = (call: Call): Call => ({ ...call, env: { ...env, ...call.env } });
  const picked = createScriptPicker(program, args);
  if (picked !== undefined) {
    const lines = picked(Object.keys(walk.scripts));
    return lines.flatMap((line) => readPicked(walk, line, above)).map(withEnv);
  }
  const reference = readScriptReference(program, args, walk.scripts);
  switch (reference.kind) {
    case 'script':
      return expand(walk, reference.name, reference.args, above).map(withEnv);
    case 'command':
      return readCommand(walk, reference.words, above).map(withEnv);
    case 'other':
      walk.left -= 1;
      return [{ program, args, env }];
    default:
      return reference satisfies never;
  }
}

function readPicked(walk: Walk, line: string, above: ReadonlySet<string>): Call[] {
  const [name = '', ...extra] = line.split(' ');
  return Object.hasOwn(walk.scripts, name)
    ? expand(walk, name, extra[0] === '--' ? extra.slice(1) : extra, above)
    : readLine(walk, line, [], above);
}
