import type { Tree } from '../ports.ts';
import { joinPath, upwards } from './folders.ts';

export type ScriptReference =
  | { readonly kind: 'script'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'command'; readonly words: readonly string[] }
  /** Neither a script nor a program of this package: an install, a run in other packages, any other program. */
  | { readonly kind: 'other' };

type Scripts = Readonly<Record<string, string>>;

const OTHER: ScriptReference = { kind: 'other' };
const OTHER_PACKAGES =
  /^(?:-r|--recursive|-F|--filter(?:=.*)?|-C|--dir(?:=.*)?|--cwd(?:=.*)?|--prefix(?:=.*)?|-w|-ws|--workspaces?(?:=.*)?|--workspace-root|workspaces?|foreach)$/;
const INSTALLS =
  /^(?:i|install|ci|add|remove|up|update|publish|pack|link|init|create|audit|version|why|import|deploy)$/;

/** What `npm run x`, `pnpm x`, `yarn x`, `bun run x`, `npx x` and `node --run x` stand for inside one package. */
export function readScriptReference(program: string, args: readonly string[], scripts: Scripts): ScriptReference {
  switch (program) {
    case 'npm':
      return readNpm(args, scripts);
    case 'pnpm':
    case 'yarn':
      return readPnpm(args, scripts);
    case 'bun':
      return readBun(args, scripts);
    case 'npx':
    case 'bunx':
    case 'pnpx':
      return commandAt(args, 0);
    case 'node':
      return args[0] === '--run' ? scriptAt(args, 1, scripts) : OTHER;
    default:
      return OTHER;
  }
}

function readNpm(args: readonly string[], scripts: Scripts): ScriptReference {
  const at = firstOperand(args, 0);
  if (at === undefined || args.slice(0, args.indexOf('--') >>> 0).some((word) => OTHER_PACKAGES.test(word)))
    return OTHER;
  const word = args[at] ?? '';
  if (/^(?:run|run-script|rum|urn)$/.test(word)) return npmScript(args, at + 1, scripts);
  if (/^(?:t|tst|test)$/.test(word)) return npmScript(['test', ...args.slice(at + 1)], 0, scripts);
  if (/^(?:exec|x)$/.test(word)) return commandAt(args, at + 1);
  return OTHER;
}

/** npm keeps options to itself unless they follow `--`. */
function npmScript(args: readonly string[], from: number, scripts: Scripts): ScriptReference {
  const reference = scriptAt(args, from, scripts);
  if (reference.kind !== 'script') return reference;
  const dashes = args.indexOf('--');
  const operands = reference.args.filter((word) => !word.startsWith('-'));
  return { ...reference, args: dashes === -1 ? operands : args.slice(dashes + 1) };
}

function readPnpm(args: readonly string[], scripts: Scripts): ScriptReference {
  const at = firstOperand(args, 0);
  if (at === undefined || args.slice(0, at + 1).some((word) => OTHER_PACKAGES.test(word))) return OTHER;
  const word = args[at] ?? '';
  if (word === 'run') return scriptOrCommandAt(args, at + 1, scripts);
  if (word === 'exec' || word === 'dlx') return commandAt(args, at + 1);
  if (word === 't') return scriptAt(['test', ...args.slice(at + 1)], 0, scripts);
  return INSTALLS.test(word) ? OTHER : scriptOrCommandAt(args, at, scripts);
}

function readBun(args: readonly string[], scripts: Scripts): ScriptReference {
  const words = args.filter((word, index) => word !== '--shell' && args[index - 1] !== '--shell');
  const at = firstOperand(words, 0);
  const word = words[at ?? 0] ?? '';
  if (at === undefined || words.slice(0, at).some((other) => OTHER_PACKAGES.test(other))) return OTHER;
  if (word === 'x') return commandAt(words, at + 1);
  if (word === 'run') return scriptOrCommandAt(words, at + 1, scripts);
  // `bun test` is Bun's own test runner even where a script has that name.
  return word === 'test' ? OTHER : scriptAt(words, at, scripts);
}

function firstOperand(args: readonly string[], from: number): number | undefined {
  const index = args.findIndex((word, position) => position >= from && !word.startsWith('-'));
  return index === -1 ? undefined : index;
}

function scriptAt(args: readonly string[], from: number, scripts: Scripts): ScriptReference {
  const at = firstOperand(args, from);
  const name = args[at ?? -1];
  if (at === undefined || name === undefined || !Object.hasOwn(scripts, name)) return OTHER;
  const rest = args.slice(at + 1);
  return { kind: 'script', name, args: rest[0] === '--' ? rest.slice(1) : rest };
}

function scriptOrCommandAt(args: readonly string[], from: number, scripts: Scripts): ScriptReference {
  if (args.slice(from, firstOperand(args, from)).some((word) => OTHER_PACKAGES.test(word))) return OTHER;
  const reference = scriptAt(args, from, scripts);
  return reference.kind === 'other' ? commandAt(args, from) : reference;
}

function commandAt(args: readonly string[], from: number): ScriptReference {
  const dashes = args.indexOf('--', from);
  const at = firstOperand(args, from);
  const start = dashes !== -1 && (at === undefined || dashes < at) ? dashes + 1 : at;
  return start === undefined || args[start] === undefined ? OTHER : { kind: 'command', words: args.slice(start) };
}

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const LOCKS: readonly (readonly [file: string, manager: PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/** The package manager whose lock file is nearest, with that folder; npm where there is none. */
export function findPackageManager(tree: Tree, dir: string): { manager: PackageManager; lock: string | undefined } {
  for (const folder of upwards(dir)) {
    const found = LOCKS.find(([file]) => tree.has(joinPath(folder, file)));
    if (found !== undefined) return { manager: found[1], lock: joinPath(folder, found[0]) };
  }
  return { manager: 'npm', lock: undefined };
}
