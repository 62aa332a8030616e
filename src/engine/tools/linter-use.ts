import { asOperand } from './file-arguments.ts';
import { type FlagRules, readFlags } from './flags.ts';
import { isWithin, joinPath, nearestFolder, relativeTo } from './folders.ts';
import { byDirectness, findCalls, type PackageCall, scriptEvidence } from './node-program.ts';
import type { Workspace } from './tool.ts';

/** How scripts run a linter in one folder. */
export interface LinterUse {
  readonly evidence: string;
  /** Options to keep. */
  readonly flags: readonly string[];
  /** Files, folders and globs it is run on, relative to the root. */
  readonly operands: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface LinterScripts {
  readonly program: string;
  readonly rules: FlagRules;
  /** Options of calls that change files: where other calls exist, those say what is checked. */
  readonly fixes: readonly string[];
  /** The words after a subcommand; undefined where the call checks nothing. */
  readonly argsOf?: (args: readonly string[]) => readonly string[] | undefined;
}

/**
 * The uses of a linter in `dir`, one of the folders `dirs` it is configured in. Calls with the same options are one
 * use; scripts of the folder itself go before those of packages below it, whose options are about other folders.
 */
export function findLinterUses(
  workspace: Workspace,
  scripts: LinterScripts,
  dir: string,
  dirs: readonly string[],
): readonly LinterUse[] {
  const calls = findCalls(workspace, scripts.program).flatMap((call) => {
    const args = scripts.argsOf === undefined ? call.args : scripts.argsOf(call.args);
    return args !== undefined && nearestFolder(dirs, call.pkg.dir) === dir ? [{ ...call, args }] : [];
  });
  const checking = calls.filter(({ args }) => !args.some((word) => scripts.fixes.includes(word)));
  const relevant = checking.length > 0 ? checking : calls;
  const own = relevant.filter(({ pkg }) => pkg.dir === dir);
  return own.length > 0 ? mergeCalls(own, scripts.rules, true) : mergeCalls(relevant, scripts.rules, false);
}

function mergeCalls(calls: readonly PackageCall[], rules: FlagRules, withFlags: boolean): readonly LinterUse[] {
  const uses = new Map<string, LinterUse>();
  for (const call of [...calls].sort(byDirectness)) {
    const { kept, operands } = readFlags(call.args, rules);
    const flags = withFlags ? kept : [];
    const key = flags.join(' ');
    const known = uses.get(key);
    const named = operands.length === 0 ? [call.pkg.dir] : operands.map((operand) => joinPath(call.pkg.dir, operand));
    uses.set(key, {
      evidence: known?.evidence ?? scriptEvidence(call.pkg, call.script),
      flags,
      operands: [...new Set([...(known?.operands ?? []), ...named])],
      env: { ...known?.env, ...call.env },
    });
  }
  return [...uses.values()].map((use) => ({ ...use, operands: withoutCovered(use.operands) }));
}

/** `.` and `src` is `.`. */
function withoutCovered(operands: readonly string[]): readonly string[] {
  return operands.filter((operand) => !operands.some((other) => other !== operand && isWithin(other, operand)));
}

/** A linter that is configured but that no script calls. */
export function unscriptedUse(dir: string, config: readonly string[]): LinterUse {
  return { evidence: config[0] ?? '', flags: [], operands: [dir], env: {} };
}

/** Operands for a run on everything, as seen from the folder it runs in. */
export function wholeOperands(dir: string, use: LinterUse): readonly string[] {
  return use.operands.map((operand) => asOperand(relativeTo(dir, operand) || '.'));
}
