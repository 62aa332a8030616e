import type { Directive } from './vocabulary.ts';

export const COVERAGE_AND_MUTATION: readonly Directive[] = [
  { tool: 'coverage', pattern: /^(pragma[:\s]?\s*no\s*(?:cover|branch))\b/i, target: 'same', within: 'hash' },
  {
    tool: 'coverage',
    pattern: /^((?:istanbul|c8|v8|node:coverage)\s+ignore\s+(?:next|if|else|branch|class))\b/,
    target: 'next',
  },
  { tool: 'coverage', pattern: /^((?:istanbul|c8|v8)\s+ignore\s+file)\b/, target: 'file' },
  {
    tool: 'coverage',
    pattern: /^((?:c8|v8)\s+ignore\s+start|node:coverage\s+disable)\b/,
    target: 'block',
    until: /^((c8|v8)\s+ignore\s+(stop|end)|node:coverage\s+enable)\b/,
  },
  { tool: 'coverage', pattern: /^((?:LCOV|GCOV|GCOVR)_EXCL_(?:LINE|BR_LINE))\b/, target: 'same' },
  {
    tool: 'coverage',
    pattern: /^((?:LCOV|GCOV|GCOVR)_EXCL_(?:BR_)?START)\b/,
    target: 'block',
    until: /^(LCOV|GCOV|GCOVR)_EXCL_(BR_)?STOP\b/,
  },
  { tool: 'coverage', pattern: /^(@codeCoverageIgnore\w*|:nocov:)/, target: 'auto' },
  {
    tool: 'stryker',
    pattern: /^(Stryker\s+disable\s+next-line)\s+(?<codes>[\w, \t]+?)\s*(:|$)/i,
    target: 'next',
    codes: 'comma',
  },
  {
    tool: 'stryker',
    pattern: /^(Stryker\s+disable)\s+(?!next-line)(?<codes>[\w, \t]+?)\s*(:|$)/i,
    target: 'block',
    codes: 'comma',
    until: /^Stryker\s+restore\b/i,
  },
  { tool: 'mutmut', pattern: /^(pragma[:\s]?\s*no\s*mutate)\b/i, target: 'same', within: 'hash' },
];
