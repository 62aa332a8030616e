import type { Check, Target } from '../checks/check.ts';
import { readDurations } from '../checks/durations.ts';
import { planChecks } from '../checks/plan.ts';
import { quote } from '../report/commands.ts';
import type { Engine, Survey } from '../survey.ts';
import type { CalledCheck } from './facts.ts';

/** Stands for the folder of reports, to be found again in the words of a command. */
const SCRATCH = '/downforce-scratch';
/** With more files than these the command is told for all: nobody copies a hundred paths. */
const MAX_FILES = 8;

/** The checks that the change calls for, as commands for a person's terminal. */
export function gatherChecks(engine: Engine, found: Survey): readonly CalledCheck[] {
  const { planned } = planChecks(found.checks, found.radius, engine.tree, readDurations(engine.store), false);
  if (found.change.files.length === 0 && found.radius.reasons.length === 0) return [];
  return planned.map(({ check, target }) => calledOf(check, target, engine.root));
}

function calledOf(check: Check, target: Target, root: string): CalledCheck {
  const { id, kind, scope, cwd } = check;
  const told: Target = target.kind === 'files' && target.paths.length > MAX_FILES ? { kind: 'all' } : target;
  const invocation = check.invoke(told, SCRATCH);
  const common = { id, kind, scope, cwd };
  switch (invocation.kind) {
    case 'run':
      return {
        ...common,
        command: commandOf(invocation.argv, `${root}/${cwd === '' ? '' : `${cwd}/`}`, root),
        problem: undefined,
      };
    case 'missing':
      return { ...common, command: undefined, problem: `${invocation.program} is not installed` };
    case 'nothing':
      return { ...common, command: undefined, problem: invocation.reason };
    default:
      return invocation satisfies never;
  }
}

/** What only a machine reads; with its value, where that is a word of its own. */
const FOR_MACHINES =
  /^(?:--(?:reporters?|formatter|format|output-format|output|outputFile(?:\.\w+)?|junitxml|report-path|report-format|message-format|sarif-output|test-reporter(?:-destination)?|reporter-options?|outputjson|pretty|tsBuildInfoFile)|-json|--json|--sarif|--listFiles)(?:=|$)/;
const ALONE = /^(?:-json|--json|--sarif|--outputjson|--listFiles)$/;

/** As a person would type it in the check's folder: nothing of reports, programs by their place below it. */
export function commandOf(argv: readonly string[], cwd: string, root: string): string {
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (at > 0 && FOR_MACHINES.test(word)) {
      const next = argv[at + 1] ?? '-';
      if (!word.includes('=') && !ALONE.test(word) && !next.startsWith('-')) at++;
      continue;
    }
    if (word.includes(SCRATCH)) {
      // `-o cache_dir=…`: the flag goes with its value.
      if (/^-\w$/.test(words.at(-1) ?? '')) words.pop();
      continue;
    }
    words.push(at === 0 ? programOf(word, cwd, root) : word.replace(cwd, ''));
  }
  return words.map((word, index) => (index === 0 && word.startsWith('npx ') ? word : quote(word))).join(' ');
}

function programOf(path: string, cwd: string, root: string): string {
  const bin = /\/node_modules\/\.bin\/([^/]+?)(?:\.cmd)?$/.exec(path)?.[1];
  if (bin !== undefined && path.startsWith(root)) return `npx ${bin}`;
  if (path.startsWith(cwd)) return `./${path.slice(cwd.length)}`;
  return path.replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
}
