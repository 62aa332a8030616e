import type { Leaf } from './leaves.ts';

type Value = Leaf['value'];

/** A setting that switches checking off, by the file and the place in it. */
export interface EscapeRule {
  readonly tool: string;
  readonly files: RegExp;
  readonly path: RegExp;
  readonly when?: (value: Value, path: string) => boolean;
  /** A new configuration file may have it: only what is added to one that was there is an escape. */
  readonly usual?: boolean;
}

/** A setting that says how much is checked; less is an escape, and so is leaving it out. */
export interface LevelRule {
  readonly tool: string;
  readonly files: RegExp;
  readonly path: RegExp;
  /** How strict a value is; undefined where it says nothing of that. */
  readonly level?: (value: Value) => number | undefined;
}

const isOff = (value: Value): boolean => value === 0 || value === false || /^(off|none|allow)$/i.test(String(value));
const isTrue = (value: Value): boolean => value === true;
const isFalse = (value: Value): boolean => value === false;
const asFlag = (value: Value): number | undefined => (typeof value === 'boolean' ? Number(value) : undefined);
const asNumber = (value: Value): number | undefined => {
  const number = typeof value === 'number' ? value : Number.parseFloat(String(value));
  return Number.isFinite(number) ? number : undefined;
};

const TSCONFIG = /(^|\/)[jt]sconfig[^/]*\.json$/;
const STRICT =
  /^compilerOptions\.(strict\w*|noImplicit\w+|noUnchecked\w+|noUnused\w+|noFallthrough\w+|noPropertyAccess\w+|exactOptionalPropertyTypes|useUnknownInCatchVariables|alwaysStrict|checkJs|allowJs|forceConsistentCasingInFileNames|isolatedModules)$/;
const LOOSE = /^compilerOptions\.(allowUnreachableCode|allowUnusedLabels|suppress\w+Errors|noCheck)$/;
const OUTPUT = /^\W*(dist|build|out|lib|coverage|node_modules|target|\.\w+)\b/;
const ESLINTRC = /(^|\/)(\.eslintrc(\.json|\.ya?ml)?|\.?oxlintrc\.jsonc?)$/;
const BIOME = /(^|\/)biome\.jsonc?$/;
const PYPROJECT = /(^|\/)pyproject\.toml$/;
const RUFF = /(^|\/)(pyproject|\.?ruff)\.toml$/;
const MYPY = /(^|\/)(pyproject\.toml|\.?mypy\.ini|setup\.cfg)$/;
const PYRIGHT = /(^|\/)(pyproject\.toml|pyrightconfig\.json)$/;
const INI = /(^|\/)(setup\.cfg|tox\.ini|\.flake8|\.pylintrc|\.coveragerc)$/;
const CI =
  /(^|\/)(\.github\/(workflows|actions)\/.*|\.gitlab-ci|\.circleci\/config|azure-pipelines[^/]*|action)\.ya?ml$/;

const notOutput = (value: Value): boolean => !OUTPUT.test(String(value));

export const ESCAPES: readonly EscapeRule[] = [
  { tool: 'typescript', files: TSCONFIG, path: /^compilerOptions\.skipLibCheck$/, when: isTrue, usual: true },
  { tool: 'typescript', files: TSCONFIG, path: STRICT, when: isFalse },
  { tool: 'typescript', files: TSCONFIG, path: LOOSE, when: isTrue },
  { tool: 'typescript', files: TSCONFIG, path: /^exclude\[\]$/, when: notOutput, usual: true },
  { tool: 'eslint', files: ESLINTRC, path: /(^|\.)rules\.[^.[]+(\[\])?$/, when: isOff },
  { tool: 'eslint', files: ESLINTRC, path: /(^|\.)ignorePatterns(\[\])?$/, when: notOutput, usual: true },
  { tool: 'eslint', files: /(^|\/)package\.json$/, path: /^eslintConfig\.(.*\.)?rules\.[^.[]+(\[\])?$/, when: isOff },
  { tool: 'biome', files: BIOME, path: /(^|\.)rules\.[\w.]+$/, when: isOff },
  { tool: 'biome', files: BIOME, path: /(^|\.)(linter|assist|formatter)\.enabled$/, when: isFalse },
  {
    tool: 'biome',
    files: BIOME,
    path: /^files\.includes\[\]$/,
    when: (value) => /^!(?!\W*dist)/.test(String(value)),
    usual: true,
  },
  { tool: 'biome', files: BIOME, path: /^(files|linter)\.ignore\[\]$/, when: notOutput, usual: true },
  { tool: 'ruff', files: RUFF, path: /^(tool\.ruff\.)?(lint\.)?(extend-)?ignore\[\]$/, usual: true },
  { tool: 'ruff', files: RUFF, path: /^(tool\.ruff\.)?(lint\.)?(extend-)?per-file-ignores\..*\[\]$/, usual: true },
  { tool: 'ruff', files: RUFF, path: /^(tool\.ruff\.)?(lint\.)?(extend-)?exclude\[\]$/, when: notOutput, usual: true },
  {
    tool: 'mypy',
    files: MYPY,
    path: /^(tool\.)?mypy\b.*\.(ignore_errors|ignore_missing_imports|allow_\w+|implicit_\w+)$/,
    when: isTrue,
    usual: true,
  },
  {
    tool: 'mypy',
    files: MYPY,
    path: /^(tool\.)?mypy\b.*\.(strict\w*|disallow_\w+|check_untyped_defs|warn_\w+)$/,
    when: isFalse,
  },
  { tool: 'mypy', files: MYPY, path: /^(tool\.)?mypy\b.*\.(disable_error_code|exclude)(\[\])?$/, usual: true },
  { tool: 'pyright', files: PYRIGHT, path: /^(tool\.(based)?pyright\.)?report\w+$/, when: (value) => isOff(value) },
  {
    tool: 'pyright',
    files: PYRIGHT,
    path: /^(tool\.(based)?pyright\.)?(ignore|exclude)\[\]$/,
    when: notOutput,
    usual: true,
  },
  { tool: 'pylint', files: PYPROJECT, path: /^tool\.pylint\..*\bdisable\[\]$/, usual: true },
  { tool: 'bandit', files: PYPROJECT, path: /^tool\.bandit\.(skips|exclude_dirs)\[\]$/, usual: true },
  {
    tool: 'coverage',
    files: PYPROJECT,
    path: /^tool\.coverage\.(run\.omit|report\.(omit|exclude_\w+))\[\]$/,
    usual: true,
  },
  { tool: 'flake8', files: INI, path: /^flake8\.(extend-)?(ignore|per-file-ignores|exclude)(\[\])?$/, usual: true },
  { tool: 'pylint', files: INI, path: /\bdisable(\[\])?$/, usual: true },
  { tool: 'coverage', files: INI, path: /^(coverage:)?(run|report)\.(omit|exclude_lines)(\[\])?$/, usual: true },
  {
    tool: 'clippy',
    files: /(^|\/)Cargo\.toml$/,
    path: /(^|\.)lints\.(rust|clippy|rustdoc)\.[\w-]+(\.level)?$/,
    when: isOff,
  },
  {
    tool: 'golangci-lint',
    files: /(^|\/)\.golangci\.\w+$/,
    path: /(^|\.)(linters\.disable|exclude[\w-]*(\[\])?(\..*)?)\[\](\..*)?$/,
    usual: true,
  },
  {
    tool: 'ci',
    files: CI,
    path: /(^|\.)(continue-on-error|allow_failure|continueOnError)$/,
    when: (value) => String(value) === 'true',
  },
  { tool: 'ci', files: CI, path: /(^|\.)if$/, when: (value) => /^\W*false\W*$/.test(String(value)) },
];

export const LEVELS: readonly LevelRule[] = [
  { tool: 'typescript', files: TSCONFIG, path: STRICT, level: asFlag },
  {
    tool: 'pyright',
    files: PYRIGHT,
    path: /^(tool\.(based)?pyright\.)?typeCheckingMode$/,
    level: (value) => ['off', 'basic', 'standard', 'strict'].indexOf(String(value)),
  },
  { tool: 'mypy', files: MYPY, path: /^(tool\.)?mypy\.(strict|disallow_\w+|check_untyped_defs)$/, level: asFlag },
  {
    tool: 'coverage',
    files: /(^|\/)(pyproject\.toml|setup\.cfg|\.coveragerc|tox\.ini)$/,
    path: /(^|\.)fail_under$/,
    level: asNumber,
  },
  {
    tool: 'coverage',
    files: /(^|\/)(package\.json|\.nycrc(\.json)?|\.c8rc(\.json)?|jest\.config\.json)$/,
    path: /(^|\.)((jest\.)?coverageThreshold\..*|nyc\.\w+|c8\.\w+|^)\.?(lines|branches|functions|statements)$/,
    level: asNumber,
  },
  { tool: 'coverage', files: /(^|\/)\.?codecov\.ya?ml$/, path: /\.target$/, level: asNumber },
];
