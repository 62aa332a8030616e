import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { CheckConfig, Config } from '../../protocol/config.ts';
import { CONFIG_FILE } from '../config/config-file.ts';
import { ExpectedError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { createPatternParser, PARSERS } from '../parsers/index.ts';
import type { Scope } from '../scopes/scope.ts';
import { fileArguments } from '../tools/file-arguments.ts';
import { splitCommands } from '../tools/shell-words.ts';
import type { Workspace } from '../tools/tool.ts';
import type { Check, CheckKind, Invocation, Target } from './check.ts';
import type { Parser } from './format.ts';

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
  if (entry.run !== undefined) return commandCheck(id, entry, entry.run, scope, workspace);
  const base = findDetected(id, entry, scope, detected);
  const env = [...base.env, ...entry.env];
  const fallback = fallbackOf(id, entry, scope, workspace);
  const timeoutMs = entry.timeout ?? base.timeoutMs;
  const covers = entry.covers === undefined ? {} : { covers: picomatch([...entry.covers], { dot: true }) };
  return { ...base, ...covers, ...fallback, id, env, timeoutMs, retries: entry.retries, evidence: CONFIG_FILE };
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
  throw invalid(`checks.${id} ${what}`, 'Give it "run", or see `downforce doctor` for what was found.');
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
  return { fallback: commandCheck(id, { ...rest, retries: 0 }, entry.fallback, scope, workspace) };
}

function commandCheck(
  id: string,
  entry: CheckConfig,
  run: string | readonly string[],
  scope: Scope | undefined,
  workspace: Workspace,
): Check {
  const words = typeof run === 'string' ? onlyCommand(id, run) : run;
  const [program = '', ...args] = words;
  const kind = id.slice(0, id.indexOf(':')) as CheckKind;
  const cwd = entry.cwd ?? '';
  const narrowable = words.some((word) => word === '{files}');
  const report = entry.report === undefined ? {} : { reports: [posix.join(workspace.root, cwd, entry.report)] };
  const executable = findExecutable(program, cwd, workspace);
  return {
    id,
    kind,
    tool: program,
    scope: scope?.id ?? workspace.scopes.of(cwd === '' ? 'x' : `${cwd}/x`)?.id ?? 'root',
    cwd,
    evidence: CONFIG_FILE,
    narrowing: !narrowable ? 'whole' : kind === 'test' ? 'affected' : 'changed',
    covers: coversOf(entry, scope, workspace),
    invoke: (target) => invocation(executable ?? program, args, target, cwd, scope, workspace, report),
    parse: parserOf(entry, kind),
    config: [],
    executables: executable === undefined ? [] : [executable],
    env: entry.env,
    timeoutMs: entry.timeout ?? (kind === 'test' ? 600_000 : 120_000),
    retries: entry.retries,
    ...fallbackOf(id, entry, scope, workspace),
  };
}

function onlyCommand(id: string, run: string): readonly string[] {
  const commands = splitCommands(run);
  const first = commands[0];
  if (commands.length === 1 && first !== undefined) return first;
  throw invalid(
    `checks.${id}.run is "${run}", which needs a shell`,
    'Commands run without one: name one program and its arguments, or put the line into a script.',
  );
}

function findExecutable(program: string, cwd: string, { toolbox, root }: Workspace): string | undefined {
  if (program.includes('/')) return posix.resolve(root, cwd, program);
  const dir = posix.join(root, cwd);
  return toolbox.nodeBin(program, dir) ?? toolbox.pythonBin(program, dir) ?? toolbox.onPath(program);
}

function coversOf(entry: CheckConfig, scope: Scope | undefined, workspace: Workspace): (path: string) => boolean {
  if (entry.covers !== undefined) return picomatch([...entry.covers], { dot: true });
  return scope === undefined ? () => true : (path) => workspace.scopes.of(path)?.id === scope.id;
}

function parserOf(entry: CheckConfig, kind: CheckKind): Parser {
  if (entry.parse === undefined) return PARSERS['exit-code'];
  return typeof entry.parse === 'string' ? PARSERS[entry.parse] : createPatternParser(entry.parse, kind);
}

function invocation(
  program: string,
  args: readonly string[],
  target: Target,
  cwd: string,
  scope: Scope | undefined,
  workspace: Workspace,
  report: { readonly reports?: readonly string[] },
): Invocation {
  const root = scope?.root === undefined || scope.root === '' ? '.' : scope.root;
  const files = fileArguments(workspace.tree, target, cwd);
  const operands = files.kind === 'files' ? files.words : ['.'];
  const expanded = args.flatMap((arg) => (arg === '{files}' ? operands : [arg.replaceAll('{scope.root}', root)]));
  return { kind: 'run', argv: [program, ...expanded], ...report };
}
