import { findLiteralLists } from '../../tools/literal-lists.ts';
import { ESCAPES, LEVELS } from './configuration-rules.ts';
import { type Leaf, readLeaves } from './leaves.ts';
import { scanComments } from './scan-comments.ts';
import { scriptEscapes } from './script-escapes.ts';

/** Something a configuration lets pass. */
export interface Escape {
  readonly tool: string;
  /** What it is, whatever stands around it. */
  readonly key: string;
  /** As shown to a person. */
  readonly what: string;
  /** Text to find it by. */
  readonly needle: string;
  /** Nothing to report in a file that is new. */
  readonly usual: boolean;
}

export interface Level {
  readonly tool: string;
  readonly value: number;
  readonly needle: string;
}

/** How strict one configuration file is. */
export interface Stance {
  readonly escapes: readonly Escape[];
  readonly levels: ReadonlyMap<string, Level>;
  /** Settings may come from another file: what is left out here is not known to be off. */
  readonly inherits: string;
  /** False where the file is broken: what it does not say is then unknown. */
  readonly readable: boolean;
}

const SCRIPTS =
  /(^|\/)(package\.json|Makefile|justfile|Jenkinsfile|\.husky\/[^/]+|\.githooks\/[^/]+|\.ci\/[^/]+|tox\.ini|noxfile\.py|lefthook\.ya?ml)$|\.(sh|bash|mk)$/;
const WORKFLOW =
  /(^|\/)(\.github\/(workflows|actions)\/.*|\.gitlab-ci|\.circleci\/config|azure-pipelines[^/]*|action)\.ya?ml$/;
const CODE =
  /(^|\/)(eslint\.config|\.eslintrc|vitest\.(config|workspace)|vite\.config|jest\.config|\.c8rc|\.nycrc)\.[cm]?[jt]s$/;
const IGNORE = /(^|\/)\.(eslint|prettier|stylelint|semgrep|gitleaks|oxlint|dockerlint|trivy)ignore$/;
const BASELINE =
  /(^|\/)(eslint-suppressions\.json|\.eslint-todo\.\w+|\.?mypy-baseline\.\w+|\.rubocop_todo\.yml|detekt-baseline\.xml|phpstan-baseline\.\w+|psalm-baseline\.xml|\.secrets\.baseline|\.basedpyright\/baseline\.json|\.betterer\.results|lint-baseline\.\w+|\.flake8-baseline\w*|baseline\.sarif)$/;

/** Whether a file may hold settings that switch checking off. */
export function isConfiguration(path: string): boolean {
  const named = [...ESCAPES, ...LEVELS].some(({ files }) => files.test(path));
  return named || [SCRIPTS, WORKFLOW, CODE, IGNORE, BASELINE].some((pattern) => pattern.test(path));
}

export function readStance(path: string, text: string): Stance {
  const parsed = readLeaves(path, text);
  const leaves = parsed ?? [];
  const escapes = [
    ...leaves.flatMap((leaf) => leafEscapes(path, leaf)),
    ...(CODE.test(path) ? codeEscapes(withoutComments(path, text)) : []),
    ...(IGNORE.test(path) ? lineEscapes(text, 'ignore') : []),
    ...(BASELINE.test(path) ? baselineEscapes(text, leaves) : []),
    ...scripts(path, text, leaves),
  ];
  const inherits = leaves.filter((leaf) => /^extends(\[\])?$/.test(leaf.path)).map((leaf) => String(leaf.value));
  const found = CODE.test(path) ? codeLevels(text) : leaves.flatMap((leaf) => leafLevels(path, leaf));
  return {
    escapes,
    levels: new Map(found),
    inherits: inherits.join(),
    readable: parsed !== undefined || CODE.test(path),
  };
}

function leafEscapes(path: string, leaf: Leaf): readonly Escape[] {
  const rules = ESCAPES.filter(
    ({ files, path: at, when }) => files.test(path) && at.test(leaf.path) && (when?.(leaf.value, leaf.path) ?? true),
  );
  return rules.slice(0, 1).map(({ tool, usual = false }) => {
    const name = leaf.path.replace(/\[\]/g, '');
    // Ruff's settings were once at the top of its section, and still may be.
    const place = tool === 'ruff' ? name.replace(/^(tool\.ruff\.)?(lint\.)?/, '') : name;
    const what = `${place}: ${String(leaf.value)}`;
    const own = name.split('.').at(-1) ?? name;
    const list = leaf.path.endsWith('[]');
    const key = leaf.label === '' ? what : `${own}: ${String(leaf.value)} of ${leaf.label}`;
    return { tool, key, what, needle: list ? String(leaf.value) : own, usual };
  });
}

function leafLevels(path: string, leaf: Leaf): readonly (readonly [string, Level])[] {
  const rule = LEVELS.find(({ files, path: at }) => files.test(path) && at.test(leaf.path));
  const value = rule === undefined ? undefined : (rule.level?.(leaf.value) ?? Number(leaf.value));
  if (rule === undefined || value === undefined || Number.isNaN(value)) return [];
  return [[leaf.path, { tool: rule.tool, value, needle: leaf.path.split('.').at(-1) ?? leaf.path }]];
}

function scripts(path: string, text: string, leaves: readonly Leaf[]): readonly Escape[] {
  const sources = WORKFLOW.test(path)
    ? leaves.filter((leaf) => /(^|\.)(run|script|before_script|command)(\[\])?$/.test(leaf.path))
    : path.endsWith('package.json')
      ? leaves.filter((leaf) => leaf.path.startsWith('scripts.'))
      : SCRIPTS.test(path)
        ? [{ value: text }]
        : [];
  return sources.flatMap(({ value }) =>
    scriptEscapes(String(value)).map(({ line, what }) => ({
      tool: 'script',
      key: `${what} in ${line}`,
      what: `\`${what}\``,
      needle: line,
      usual: false,
    })),
  );
}

function withoutComments(path: string, text: string): string {
  const comments = scanComments(path, text) ?? [];
  return comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

const RULE_OFF = /["']?([\w@][\w@/-]*)["']?\s*:\s*(?:\[\s*)?(?:["'`]off["'`]|0(?=\s*[,}\]\n]))/g;

/** Rules switched off and paths ignored in a configuration that is code: read off its text. */
function codeEscapes(text: string): readonly Escape[] {
  const rules = [...text.matchAll(RULE_OFF)].map((match): Escape => {
    const what = `${match[1] ?? ''}: off`;
    return { tool: 'eslint', key: what, what, needle: match[0], usual: false };
  });
  const lists = findLiteralLists(text)
    .filter(({ keys }) =>
      /^(ignores|ignorePatterns|coveragePathIgnorePatterns|testPathIgnorePatterns)$/.test(keys.at(-1) ?? ''),
    )
    .flatMap(({ keys, values }) =>
      values.map((value): Escape => {
        const what = `${keys.at(-1) ?? ''}: ${value}`;
        return { tool: 'ignore', key: what, what, needle: value, usual: true };
      }),
    );
  const none = /\bpassWithNoTests\s*:\s*true\b/.exec(text);
  const empty = none === null ? [] : [{ tool: 'script', key: none[0], what: none[0], needle: none[0], usual: false }];
  return [...rules, ...lists, ...empty];
}

const THRESHOLD = /\b(lines|branches|functions|statements)["']?\s*:\s*(-?\d+(?:\.\d+)?)/g;

function codeLevels(text: string): readonly (readonly [string, Level])[] {
  const counts = new Map<string, number>();
  return [...text.matchAll(THRESHOLD)].map((match) => {
    const name = match[1] ?? '';
    const place = counts.get(name) ?? 0;
    counts.set(name, place + 1);
    return [`${name} ${place}`, { tool: 'coverage', value: Number(match[2]), needle: match[0] }];
  });
}

function lineEscapes(text: string, tool: string): readonly Escape[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#!]/.test(line))
    .map((line) => ({ tool, key: line, what: `\`${line}\``, needle: line, usual: true }));
}

/** Each entry of a baseline, with counts spelled out as so many entries. */
function baselineEscapes(text: string, leaves: readonly Leaf[]): readonly Escape[] {
  if (leaves.length === 0) return lineEscapes(text, 'baseline');
  return leaves.flatMap(({ path, value }) => {
    const needle = path.split('.').at(-1) ?? path;
    const entry = { tool: 'baseline', key: path, what: `an entry for ${path}`, needle, usual: false };
    if (typeof value === 'number' && /count$/i.test(path))
      return Array.from({ length: Math.min(value, 1000) }, () => entry);
    return typeof value === 'number' ? [] : [{ ...entry, key: `${path}=${String(value)}` }];
  });
}
