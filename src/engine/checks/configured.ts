import { posix } from 'node:path';
import type { CheckConfig, Config } from '../../protocol/config.ts';
import { CONFIG_FILE } from '../config/config-file.ts';
import { ExpectedError } from '../errors.ts';
import { globMatcher } from '../glob.ts';
import { nearestWord } from '../nearest-word.ts';
import { createPatternParser, PARSERS } from '../parsers/index.ts';
import type { Scope } from '../scopes/scope.ts';
import { fileArguments } from '../tools/file-arguments.ts';
import { isWithin } from '../tools/folders.ts';
import type { Workspace } from '../tools/tool.ts';
import type { Check, CheckKind, Invocation, Target } from './check.ts';
import type { Parser } from './format.ts';
import { splitPlainCommand } from './plain-command.ts';

/**
 * The checks of the configuration beside those detected. An entry with the id of a detected check adjusts that one.
 * @throws ExpectedError where an entry names a scope, runner or command that is not there.
 */
export function configuredChecks(config: Config, detected: readonly Check[], workspace: Workspace): readonly Check[] {
  const entries = Object.entries(config.checks);
  const ids = new Set(entries.map(([id]) => id));
  const own = entries.flatMap(([id, entry]) => (entry.off ? [] : [toCheck(id, entry, detected, workspace)]));
  return [...detected.filter((check) => !ids.has(check.id)), ...own];
}

function toCheck(id: string, entry: CheckConfig, detected: readonly Check[], workspace: Workspace): Check {
  const scope = findScope(id, entry, workspace);
  if (entry.run !== undefined) {
    const words = typeof entry.run === 'string' ? onlyCommand(`${id}.run`, entry.run) : entry.run;
    return commandCheck(id, entry, words, scope, workspace);
  }
  const base = findDetected(id, entry, scope, detected);
  const env = [...base.env, ...entry.env];
  const fallback = fallbackOf(id, entry, scope, workspace);
  const timeoutMs = entry.timeout ?? base.timeoutMs;
  const covers = entry.covers === undefined ? {} : { covers: globMatcher(entry.covers, { dot: true }) };
  const variant = JSON.stringify([base.variant ?? null, entry]);
  return {
    ...base,
    ...covers,
    ...fallback,
    id,
    env,
    variant,
    timeoutMs,
    retries: entry.retries,
    evidence: CONFIG_FILE,
  };
}

function findScope(id: string, entry: CheckConfig, workspace: Workspace): Scope | undefined {
  if (entry.scope === undefined) return undefined;
  const scope = workspace.scopes.get(entry.scope);
  if (scope !== undefined) return scope;
  const ids = workspace.scopes.scopes.map((known) => known.id);
  const near = nearestWord(entry.scope, ids);
  throw invalid(
    `checks.${id}.scope is "${entry.scope}", which is no scope`,
    near === undefined ? `There are: ${ids.join(', ')}.` : `Did you mean "${near}"?`,
  );
}

function findDetected(id: string, entry: CheckConfig, scope: Scope | undefined, detected: readonly Check[]): Check {
  const candidates = detected.filter((check) =>
    entry.runner === undefined ? check.id === id : check.tool === entry.runner,
  );
  const found =
    candidates.find((check) => scope === undefined || check.scope === scope.id) ??
    (scope === undefined ? undefined : candidates.find((check) => check.cwd === ''));
  if (found !== undefined) return found;
  const what =
    entry.runner === undefined
      ? 'has neither "run" nor "runner", and no check of that name was found here'
      : `names the runner ${entry.runner}, which was not found here`;
  const ids = detected.map((check) => check.id);
  const near = entry.runner === undefined ? nearestWord(id, ids) : undefined;
  const advice = near === undefined ? '' : `Did you mean "${near}"? Else give it "run"`;
  throw invalid(
    `checks.${id} ${what}`,
    `${advice || 'Give it "run"'}, or see \`downforce doctor\` for what was found.`,
  );
}

function invalid(message: string, hint: string): ExpectedError {
  return new ExpectedError('config/invalid', `${CONFIG_FILE}: ${message}.`, hint);
}

function fallbackOf(
  id: string,
  entry: CheckConfig,
  scope: Scope | undefined,
  workspace: Workspace,
): { fallback?: Check } {
  if (entry.fallback === undefined) return {};
  const { fallback: _, retries: __, ...rest } = entry;
  const words = onlyCommand(`${id}.fallback`, entry.fallback);
  return { fallback: commandCheck(id, { ...rest, retries: 0 }, words, scope, workspace) };
}

function commandCheck(
  id: string,
  entry: CheckConfig,
  words: readonly string[],
  scope: Scope | undefined,
  workspace: Workspace,
): Check {
  const [program = '', ...args] = words.map((word) => word.replaceAll('{scope.root}', () => scope?.root || '.'));
  const kind = id.slice(0, id.indexOf(':')) as CheckKind;
  const cwd = entry.cwd ?? '';
  const owner = scope ?? workspace.scopes.of(posix.join(cwd, 'x'));
  const executable = findExecutable(program, cwd, workspace);
  return {
    ...{ id, kind, tool: program, scope: owner?.id ?? 'root', cwd, evidence: CONFIG_FILE },
    narrowing: !args.includes('{files}') ? 'whole' : kind === 'test' ? 'affected' : 'changed',
    covers: coversOf(entry, scope, workspace),
    invoke: (target) => invocation([executable ?? program, ...args], target, entry, workspace),
    parse: parserOf(entry, kind, workspace),
    config: [],
    executables: executable === undefined ? [] : [executable, ...ignoredOperands(args, cwd, workspace)],
    env: entry.env,
    variant: JSON.stringify(entry),
    timeoutMs: entry.timeout ?? (kind === 'test' ? 600_000 : 120_000),
    retries: entry.retries,
    ...fallbackOf(id, entry, scope, workspace),
  };
}

function onlyCommand(place: string, line: string): readonly string[] {
  const words = splitPlainCommand(line);
  if (words !== undefined) return words;
  throw invalid(
    `checks.${place} is "${line}", which needs a shell`,
    'Commands run without one: name one program and its arguments, or put the line into a script.',
  );
}

function findExecutable(program: string, cwd: string, { toolbox, root }: Workspace): string | undefined {
  if (program.includes('/')) return posix.resolve(root, cwd, program);
  const dir = posix.join(root, cwd);
  return toolbox.nodeBin(program, dir) ?? toolbox.pythonBin(program, dir) ?? toolbox.onPath(program);
}

/** Files that are run or read by name and that git does not track (a script in node_modules): no tree speaks of them. */
function ignoredOperands(args: readonly string[], cwd: string, { root, tree, toolbox }: Workspace): readonly string[] {
  return args.flatMap((arg) => {
    const name = arg.startsWith('-') ? arg.slice(arg.indexOf('=') + 1) : arg;
    if (!name.includes('/')) return [];
    const file = posix.resolve(root, cwd, name);
    const path = posix.relative(root, file);
    const isTracked = tree.has(path) || tree.paths.some((known) => isWithin(path, known));
    return isTracked || toolbox.identity(file) === undefined ? [] : [file];
  });
}

function coversOf(entry: CheckConfig, scope: Scope | undefined, workspace: Workspace): (path: string) => boolean {
  if (entry.covers !== undefined) return globMatcher(entry.covers, { dot: true });
  return scope === undefined ? () => true : (path) => workspace.scopes.of(path)?.id === scope.id;
}

function parserOf(entry: CheckConfig, kind: CheckKind, { matchLines }: Workspace): Parser {
  if (entry.parse === undefined || entry.parse === 'exit-code') return PARSERS['exit-code'];
  const parse =
    typeof entry.parse === 'string' ? PARSERS[entry.parse] : createPatternParser(entry.parse, matchLines, kind);
  if (entry.report === undefined) return parse;
  const { report } = entry;
  // Most parsers know a tool by what it prints; told to write that into a file, it prints something else.
  return (output) => {
    const [text, ...more] = output.reports;
    if (text === undefined) return { kind: 'unparseable', reason: `the report ${report} was not written` };
    if (more.length > 0 && entry.parse !== 'junit' && entry.parse !== 'sarif')
      return { kind: 'unparseable', reason: `more than one file matches the report ${report}` };
    return parse({ ...output, stdout: text });
  };
}

function invocation(
  words: readonly [string, ...string[]],
  target: Target,
  entry: CheckConfig,
  { root, tree }: Workspace,
): Invocation {
  const cwd = entry.cwd ?? '';
  const files = fileArguments(tree, target, cwd);
  const operands = files.kind === 'files' ? files.words : ['.'];
  const [program, ...args] = words;
  const expanded = args.flatMap((arg) => (arg === '{files}' ? operands : [arg]));
  const reports = entry.report === undefined ? {} : { reports: [posix.join(root, cwd, entry.report)] };
  return { kind: 'run', argv: [program, ...expanded], ...reports };
}
