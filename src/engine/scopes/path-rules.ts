import type { WideningReason } from '../change/change.ts';
import { CONFIG_FILE } from '../config/config-file.ts';
import { globMatcher } from '../glob.ts';
import { WAIVERS_FILE } from '../waivers/waivers-name.ts';

/** Files that no check reads, unless something imports them. A rule of the user's comes before all others. */
const INERT: readonly (readonly [pattern: string, path: RegExp])[] = [
  ['**/*.md', /\.md$/i],
  ['**/*.rst', /\.rst$/i],
  ['**/*.adoc', /\.adoc$/i],
  [
    '**/{LICENSE,LICENCE,COPYING,NOTICE,AUTHORS,CONTRIBUTORS,MAINTAINERS,CODEOWNERS,CITATION.cff}{,.txt}',
    /(^|\/)(LICEN[SC]E|COPYING|NOTICE|AUTHORS|CONTRIBUTORS|MAINTAINERS|CODEOWNERS|CITATION\.cff)(\.txt)?$/i,
  ],
  [
    '**/{.editorconfig,.gitattributes,.mailmap,.git-blame-ignore-revs}',
    /(^|\/)\.(editorconfig|gitattributes|mailmap|git-blame-ignore-revs)$/i,
  ],
  ['**/{.vscode,.idea,.devcontainer}/**', /(^|\/)\.(vscode|idea|devcontainer)\//i],
  ['.github/{ISSUE_TEMPLATE,DISCUSSION_TEMPLATE}/**', /^\.github\/(ISSUE|DISCUSSION)_TEMPLATE\//i],
  [
    '.github/{FUNDING.yml,dependabot.yml,pull_request_template.md,stale.yml}',
    /^\.github\/(FUNDING\.yml|dependabot\.yml|pull_request_template\.md|stale\.yml)$/i,
  ],
  // The guard of that name reads it, whatever changed.
  [WAIVERS_FILE, /^downforce\.waivers\.jsonc$/],
];

/** The built-in rules as globs, to be shown. */
export const DEFAULT_INERT: readonly string[] = INERT.map(([pattern]) => pattern);

const LOCK_FILES =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|Cargo\.lock|go\.sum|go\.work\.sum|gradle\.lockfile|requirements[^/]*\.txt|constraints[^/]*\.txt)$/;

const CI_FILES =
  /^(\.github\/(workflows|actions)\/|\.gitlab-ci\.yml|\.gitlab\/|\.circleci\/|azure-pipelines|\.travis\.yml|appveyor\.yml|Jenkinsfile|\.buildkite\/|bitbucket-pipelines\.yml|\.ci\/|\.woodpecker|\.drone\.yml|cloudbuild\.ya?ml)/;

const TOOL_CONFIG =
  /(^|\/)(tsconfig[^/]*\.json|jsconfig[^/]*\.json|[^/]+\.config\.[cm]?[jt]s|\.eslintrc[^/]*|\.eslintignore|\.prettierrc[^/]*|biome\.jsonc?|\.?oxlintrc[^/]*|\.mocharc[^/]*|\.babelrc[^/]*|\.swcrc|\.npmrc|\.yarnrc(\.yml)?|\.nvmrc|\.node-version|\.tool-versions|mise\.toml|\.python-version|turbo\.json|nx\.json|lerna\.json|pnpm-workspace\.yaml|vitest\.workspace\.[cm]?[jt]s|pyproject\.toml|setup\.cfg|setup\.py|tox\.ini|noxfile\.py|pytest\.ini|\.?mypy\.ini|\.?ruff\.toml|pyrightconfig\.json|\.flake8|\.pylintrc|\.coveragerc|\.pre-commit-config\.yaml|Makefile|justfile|Taskfile\.ya?ml|Dockerfile|docker-compose[^/]*\.ya?ml|go\.mod|go\.work|\.golangci\.[^/]+|Cargo\.toml|rust-toolchain(\.toml)?|rustfmt\.toml|\.?clippy\.toml|\.cargo\/config(\.toml)?|build\.rs|pom\.xml|[^/]+\.gradle(\.kts)?|gradle\.properties|mvnw|gradlew|\.semgrep[^/]*|\.gitleaks\.toml|\.gitignore|lefthook\.ya?ml|\.lintstagedrc[^/]*)$/;

/** Manifests that are a scope's own: below the root they concern that scope and what depends on it. */
const MANIFEST =
  /(^|\/)(package\.json|pyproject\.toml|setup\.cfg|setup\.py|Cargo\.toml|pom\.xml|[^/]+\.gradle(\.kts)?)$/;

export function isManifest(path: string): boolean {
  return MANIFEST.test(path);
}

/** Why a change of this path calls for everything, whatever the graph says; undefined where it does not. */
export function wideningRule(
  path: string,
  toolConfig: ReadonlySet<string>,
  manifestOfScope: boolean,
): WideningReason | undefined {
  if (path === CONFIG_FILE) return { code: 'harness-config', path, text: 'the configuration of Downforce changed' };
  if (LOCK_FILES.test(path)) return { code: 'lock-file', path, text: 'a lock file changed: any dependency may differ' };
  if (CI_FILES.test(path)) return { code: 'ci-config', path, text: 'CI configuration changed' };
  if (manifestOfScope) return undefined;
  if (toolConfig.has(path)) return { code: 'tool-config', path, text: 'the configuration of a check changed' };
  if (TOOL_CONFIG.test(path) || path === 'package.json')
    return { code: 'tool-config', path, text: 'tool configuration changed' };
  return undefined;
}

export interface InertRules {
  /** The user's rule that makes a path inert. */
  configured(path: string): string | undefined;
  /** The built-in rule that makes a path inert. */
  builtIn(path: string): string | undefined;
}

export function createInertRules(configured: readonly string[]): InertRules {
  const builtIn = (path: string): string | undefined => INERT.find(([, matches]) => matches.test(path))?.[0];
  return { configured: firstMatch(configured), builtIn };
}

function firstMatch(patterns: readonly string[]): (path: string) => string | undefined {
  const matchers = patterns.map((pattern) => ({ pattern, matches: globMatcher(pattern, { dot: true, nocase: true }) }));
  return (path) => matchers.find((matcher) => matcher.matches(path))?.pattern;
}

const TEST_PATH =
  /(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|testing|testdata|fixtures?|__fixtures__|__snapshots__|src\/test|src\/it|benches)\/|(^|\/)(test_[^/]*|[^/]*_test|[^/]*[.-](test|spec|bench|e2e)|conftest|[A-Z]\w*Tests?)\.\w+$/;

/** Whether a path is, by the customs of its ecosystem, a test or something only tests read. */
export function isTestPath(path: string): boolean {
  return TEST_PATH.test(path);
}
