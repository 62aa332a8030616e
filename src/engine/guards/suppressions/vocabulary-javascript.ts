import type { Directive } from './vocabulary.ts';

/** A reason after `--`, as ESLint and its like have it, is no rule. */
const RULES = String.raw`(?:[ \t]+(?<codes>(?!--)[^\n]*?))?(?:\s+--[\s\S]*)?\s*$`;
const eslintLike = (name: string): RegExp => new RegExp(String.raw`^(${name})(?![\w-])${RULES}`);

function eslintFamily(tool: string, name: string): readonly Directive[] {
  return [
    { tool, pattern: eslintLike(`${name}-disable-line`), target: 'same', codes: 'comma' },
    { tool, pattern: eslintLike(`${name}-disable-next-line`), target: 'next', codes: 'comma' },
    {
      tool,
      pattern: eslintLike(`${name}-disable`),
      target: 'block',
      codes: 'comma',
      within: 'block',
      until: new RegExp(`^${name}-enable\\b`),
    },
  ];
}

export const JAVASCRIPT: readonly Directive[] = [
  { tool: 'typescript', pattern: /^(?:\/\s*)?(@ts-ignore)\b/, target: 'next', code: 'ts-ignore', anyLine: true },
  {
    tool: 'typescript',
    pattern: /^(?:\/\s*)?(@ts-expect-error)\b/,
    target: 'next',
    code: 'ts-expect-error',
    anyLine: true,
  },
  { tool: 'typescript', pattern: /^(?:\/\s*)?(@ts-nocheck)\b/, target: 'file', code: 'ts-nocheck' },
  ...eslintFamily('eslint', 'eslint'),
  { tool: 'eslint', pattern: /^(eslint)\s+(?<codes>[\s\S]+)$/, target: 'file', codes: 'settings', within: 'block' },
  ...eslintFamily('oxlint', 'oxlint'),
  ...eslintFamily('stylelint', 'stylelint'),
  { tool: 'biome', pattern: /^(biome-ignore-all)\s+(?<codes>[\w/ \t-]+?)\s*(:|$)/, target: 'file', codes: 'space' },
  {
    tool: 'biome',
    pattern: /^(biome-ignore-start)\s+(?<codes>[\w/ \t-]+?)\s*(:|$)/,
    target: 'block',
    codes: 'space',
    until: /^biome-ignore-end\b/,
  },
  { tool: 'biome', pattern: /^(biome-ignore)\s+(?<codes>[\w/ \t-]+?)\s*(:|$)/, target: 'next', codes: 'space' },
  { tool: 'prettier', pattern: /^(prettier-ignore)\s*$/, target: 'next' },
  {
    tool: 'prettier',
    pattern: /^(prettier-ignore-start)\s*$/,
    target: 'block',
    until: /^prettier-ignore-end\b/,
  },
  { tool: 'deno', pattern: /^(deno-lint-ignore-file)\b(?<codes>[\w \t,-]*)/, target: 'file', codes: 'space' },
  { tool: 'deno', pattern: /^(deno-lint-ignore)(?!-)\b(?<codes>[\w \t,-]*)/, target: 'next', codes: 'space' },
  { tool: 'deno', pattern: /^(deno-fmt-ignore)(?!-)\b/, target: 'next', code: 'format' },
  { tool: 'tslint', pattern: /^(tslint:disable-next-line)\b:?(?<codes>[\w \t-]*)/, target: 'next', codes: 'space' },
  { tool: 'tslint', pattern: /^(tslint:disable-line)\b:?(?<codes>[\w \t-]*)/, target: 'same', codes: 'space' },
  {
    tool: 'tslint',
    pattern: /^(tslint:disable)(?!-)\b:?(?<codes>[\w \t-]*)/,
    target: 'block',
    codes: 'space',
    until: /^tslint:enable\b/,
  },
  { tool: 'flow', pattern: /^(\$FlowFixMe|\$FlowIgnore|\$FlowExpectedError|\$FlowIssue)\b/, target: 'next' },
  {
    tool: 'fallow',
    pattern: /^(fallow-ignore-(?:next-line|line|file)|fallow-ignore)\b:?(?<codes>[\w \t,/-]*)/,
    target: 'auto',
    codes: 'space',
  },
];
