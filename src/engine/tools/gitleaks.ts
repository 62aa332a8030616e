import type { Check } from '../checks/check.ts';
import type { Parsed } from '../checks/format.ts';
import { PARSERS } from '../parsers/index.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { type FileArguments, fileArguments } from './file-arguments.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

const CONFIG = /^\.?gitleaks\.toml$/;

// The findings judge: those of untracked files are taken out, which an exit status cannot tell.
const OPTIONS = '--report-format sarif --redact --no-banner --exit-code 0'.split(' ');

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
    invoke(target, scratch) {
      const report = `${scratch}/gitleaks.sarif`;
      const files = fileArguments(workspace.tree, target, '');
      if (files.kind === 'files' && files.words.length === 0)
        return { kind: 'nothing', reason: 'no file is left to scan' };
      const options = [...OPTIONS, '--config', config[0] ?? '', '--report-path', report];
      return { kind: 'run', argv: [program, ...wordsOf(options, pathOf(files))], env: PLAIN_ENV, reports: [report] };
    },
    parse: (output) => withoutUntracked(workspace, PARSERS['sarif'](output)),
    mustExamine: false,
    config,
    executables: [program],
    env: ['GITLEAKS_CONFIG'],
  };
}

/** It takes one path; a whole scan is a matter of seconds. */
function pathOf(files: FileArguments): string {
  return files.kind === 'files' && files.words.length === 1 ? (files.words[0] ?? '.') : '.';
}

/** It also walks what git ignores, where secrets belong. */
function withoutUntracked(workspace: Workspace, parsed: Parsed): Parsed {
  if (parsed.kind !== 'parsed') return parsed;
  return { ...parsed, findings: parsed.findings.filter(({ path }) => workspace.tree.has(path)) };
}
