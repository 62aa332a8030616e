import type { Check, Invocation, Target } from '../checks/check.ts';
import type { Parsed } from '../checks/format.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { narrowedRun, programAt } from './narrowed-run.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const CONFIG = /^\.?gitleaks\.toml$/;

/** Only where the repository configures it and it is there. */
export const gitleaks: Tool = {
  name: 'gitleaks',
  detect(workspace: Workspace): readonly Check[] {
    const config = workspace.tree.paths.filter((path) => CONFIG.test(path));
    const program = workspace.toolbox.onPath('gitleaks');
    if (config[0] === undefined || program === undefined) return [];
    const [draft, older] = [
      draftOf(workspace, program, config, directory),
      draftOf(workspace, program, config, detection),
    ];
    const named = nameDrafts(workspace, [draft]);
    return named.map((check) => ({ ...check, fallback: { ...check, invoke: older.invoke } }));
  },
};

type Words = (options: readonly string[], path: string) => readonly string[];

const directory: Words = (options, path) => ['dir', path, ...options];
/** Before 8.19 there is no `dir`. */
const detection: Words = (options, path) => ['detect', '--no-git', '--source', path, ...options];

function draftOf(workspace: Workspace, program: string, config: readonly string[], wordsOf: Words): Draft {
  return {
    kind: 'security',
    tool: 'gitleaks',
    cwd: '',
    evidence: config[0] ?? '',
    narrowing: 'changed',
    covers: () => true,
    invoke: (target, scratch) => invoke(workspace, program, config[0] ?? '', target, scratch, wordsOf),
    parse: (output) => withoutUntracked(workspace, PARSERS['sarif'](output)),
    mustExamine: false,
    config,
    executables: [program],
    env: ['GITLEAKS_CONFIG'],
  };
}

function invoke(
  workspace: Workspace,
  program: string,
  config: string,
  target: Target,
  scratch: string,
  wordsOf: Words,
): Invocation {
  const report = `${scratch}/gitleaks.sarif`;
  // The findings judge: those of untracked files are taken out, which an exit status cannot tell.
  const options = [
    '--config',
    config,
    '--report-format',
    'sarif',
    '--report-path',
    report,
    '--redact',
    '--no-banner',
    '--exit-code',
    '0',
  ];
  return narrowedRun({
    program: programAt(program),
    tree: workspace.tree,
    target,
    cwd: '',
    purpose: 'scan',
    options: [],
    // It takes one path; a whole scan is a matter of seconds.
    onFiles: ([path = '.', ...others]) => wordsOf(options, others.length === 0 ? path : '.'),
    onAll: () => wordsOf(options, '.'),
    env: PLAIN_ENV,
    reports: [report],
  });
}

/** It also walks what git ignores, where secrets belong. */
function withoutUntracked(workspace: Workspace, parsed: Parsed): Parsed {
  if (parsed.kind !== 'parsed') return parsed;
  return { ...parsed, findings: parsed.findings.filter(({ path }) => workspace.tree.has(path)) };
}
