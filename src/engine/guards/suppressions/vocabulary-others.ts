import type { Directive } from './vocabulary.ts';

const LIST = String.raw`(?<codes>[\w./-]+(?:\s*,\s*[\w./-]+)*)`;
const listed = (start: string): RegExp => new RegExp(`^(${start})${LIST}`);

/** Languages other than JavaScript and Python, and tools for many languages. */
export const OTHERS: readonly Directive[] = [
  {
    tool: 'golangci-lint',
    pattern: /^(nolint)(?![\w-])(?::\s*(?<codes>[\w-]+(?:\s*,\s*[\w-]+)*))?\s*(\/\/|$)/,
    target: 'auto',
    codes: 'comma',
  },
  { tool: 'staticcheck', pattern: listed(String.raw`lint:ignore\s+`), target: 'next', codes: 'comma' },
  { tool: 'staticcheck', pattern: listed(String.raw`lint:file-ignore\s+`), target: 'file', codes: 'comma' },
  { tool: 'gosec', pattern: /^(#nosec)(?![\w-])\s*(?<codes>G\d+(?:[\s,]+G\d+)*)?/, target: 'auto', codes: 'space' },
  { tool: 'revive', pattern: /^(revive:disable[\w-]*):?(?<codes>[\w-]*)/, target: 'auto', codes: 'space' },
  // The scanner obeys the word wherever it stands in a comment.
  {
    tool: 'sonar',
    pattern: /^(?:[\s\S]*?[^\w"'`])?(NOSONAR)(?![\w"'`])(?:\((?<codes>[^)]*)\))?/,
    target: 'same',
    codes: 'comma',
  },
  {
    tool: 'semgrep',
    pattern: /^(nosemgrep)(?![\w-])(?:\s*:\s*(?<codes>[\w.-]+(?:\s*,\s*[\w.-]+)*))?/,
    target: 'auto',
    codes: 'comma',
  },
  { tool: 'rubocop', pattern: listed(String.raw`rubocop:(?:disable|todo)\s+`), target: 'auto', codes: 'comma' },
  { tool: 'intellij', pattern: listed(String.raw`noinspection\s+`), target: 'next', codes: 'comma' },
  { tool: 'shellcheck', pattern: listed(String.raw`shellcheck\s+disable=`), target: 'next', codes: 'comma' },
  { tool: 'hadolint', pattern: listed(String.raw`hadolint\s+(?:global\s+)?ignore=`), target: 'next', codes: 'comma' },
  {
    tool: 'yamllint',
    pattern: /^(yamllint\s+disable(?:-line|-file)?)\b(?<codes>[\w: \t-]*)/,
    target: 'auto',
    codes: 'space',
  },
  { tool: 'actionlint', pattern: /^(zizmor:\s*ignore)\[(?<codes>[^\]]*)\]/, target: 'same', codes: 'comma' },
  { tool: 'gitleaks', pattern: /^(gitleaks:allow|pragma:\s*allowlist\s+secret)\b/, target: 'same' },
  {
    tool: 'checkov',
    pattern: /^((?:checkov|tfsec|trivy)[:\s](?:skip|ignore)[=:])(?<codes>[\w-]+)/,
    target: 'auto',
    codes: 'comma',
  },
  { tool: 'codeql', pattern: /^(codeql|lgtm)\s*\[(?<codes>[^\]]*)\]/, target: 'auto', codes: 'comma' },
  {
    tool: 'checkstyle',
    pattern: /^(CHECKSTYLE[.:]\s*OFF|CPD-OFF)\b/,
    target: 'block',
    until: /^(CHECKSTYLE[.:]\s*ON|CPD-ON)\b/,
  },
  { tool: 'ktlint', pattern: /^(ktlint-disable)\b(?<codes>[\w: \t-]*)/, target: 'auto', codes: 'space' },
  {
    tool: 'swiftlint',
    pattern: /^(swiftlint:disable(?::next|:this|:previous)?)\s+(?<codes>[\w \t]+)/,
    target: 'auto',
    codes: 'space',
  },
  {
    tool: 'phpstan',
    pattern: /^(@phpstan-ignore(?:-next-line|-line)?|phpcs:ignore|@psalm-suppress)\b/,
    target: 'auto',
  },
  {
    tool: 'clang-tidy',
    pattern: /^(NOLINT(?:NEXTLINE)?)(?![A-Z\w])(?:\((?<codes>[^)]*)\))?/,
    target: 'auto',
    codes: 'comma',
  },
  { tool: 'jscpd', pattern: /^(jscpd:ignore-start)\b/, target: 'block', until: /^jscpd:ignore-end\b/ },
];
