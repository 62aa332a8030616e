import type { Directive } from './vocabulary.ts';

const CODES = String.raw`(?<codes>[A-Za-z][\w.-]*(?:\s*,\s*[A-Za-z][\w.-]*)*)`;
const hash = (source: string, rest: Omit<Directive, 'pattern' | 'within'>): Directive => ({
  ...rest,
  pattern: new RegExp(source, 'i'),
  within: 'hash',
});
/** `ignore` or `ignore[a, b]`. */
const bracketed = (words: string): string =>
  String.raw`^(${words})(?:\s*\[(?<codes>[^\]]*)\])?(?=\s|$|[#;]|(?<=^pyre-.*):)`;

export const PYTHON: readonly Directive[] = [
  hash(bracketed(String.raw`type:\s*ignore`), { tool: 'mypy', target: 'same', codes: 'comma' }),
  hash(String.raw`^(mypy:\s*(?:ignore-errors|allow-[\w-]+|disable-error-code)\b.*)$`, { tool: 'mypy', target: 'file' }),
  hash(bracketed(String.raw`pyright:\s*ignore`), { tool: 'pyright', target: 'same', codes: 'comma' }),
  hash(String.raw`^(pyright:\s*(?:basic|standard|[^#]*=\s*(?:false|none|off)\b).*)$`, {
    tool: 'pyright',
    target: 'file',
  }),
  hash(bracketed(String.raw`ty:\s*ignore`), { tool: 'ty', target: 'same', codes: 'comma' }),
  hash(bracketed(String.raw`pyrefly:\s*ignore`), { tool: 'pyrefly', target: 'auto', codes: 'comma' }),
  hash(bracketed('pyre-(?:ignore|fixme)'), { tool: 'pyre', target: 'auto', codes: 'comma' }),
  hash(String.raw`^(pytype:\s*(?:disable|skip-file))(?:=${CODES})?`, {
    tool: 'pytype',
    target: 'auto',
    codes: 'comma',
  }),
  hash(String.raw`^(noqa)(?![\w-])(?:\s*:\s*(?<codes>[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*))?`, {
    tool: 'noqa',
    target: 'same',
    codes: 'space',
  }),
  hash(String.raw`^((?:ruff|flake8):\s*noqa)(?![\w-])(?:\s*:\s*(?<codes>[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*))?`, {
    tool: 'noqa',
    target: 'file',
    codes: 'space',
  }),
  hash(String.raw`^(ruff:\s*ignore)(?:\s*\[(?<codes>[^\]]*)\])?`, { tool: 'noqa', target: 'auto', codes: 'comma' }),
  hash(String.raw`^(ruff:\s*disable)(?:\s*\[(?<codes>[^\]]*)\])?`, {
    tool: 'noqa',
    target: 'block',
    codes: 'comma',
    until: /^ruff:\s*enable\b/,
  }),
  hash(String.raw`^(ruff:\s*file-ignore)(?:\s*\[(?<codes>[^\]]*)\])?`, {
    tool: 'noqa',
    target: 'file',
    codes: 'comma',
  }),
  hash(String.raw`^(pylint:\s*disable-next)\s*=\s*${CODES}`, { tool: 'pylint', target: 'next', codes: 'comma' }),
  hash(String.raw`^(pylint:\s*skip-file)\b`, { tool: 'pylint', target: 'file' }),
  hash(String.raw`^(pylint:\s*disable(?:-msg)?)\s*=\s*${CODES}`, { tool: 'pylint', target: 'auto', codes: 'comma' }),
  hash(String.raw`^(nosec)(?![\w-])\s*:?\s*(?<codes>B\d+(?:[\s,]+B\d+)*)?`, {
    tool: 'bandit',
    target: 'same',
    codes: 'space',
  }),
  hash(String.raw`^(fmt:\s*(?:off|skip))\b`, { tool: 'format', target: 'auto' }),
  hash(String.raw`^(yapf:\s*disable)\b`, { tool: 'format', target: 'auto' }),
  hash(String.raw`^(isort:\s*(?:skip|off|skip_file|split))\b`, { tool: 'isort', target: 'auto' }),
  hash(String.raw`^(tach-ignore)\b(?:\(([^)]*)\))?\s*(?<codes>[\w.]+)?`, {
    tool: 'tach',
    target: 'auto',
    codes: 'space',
  }),
  hash(String.raw`^(import-linter:\s*ignore)\b`, { tool: 'import-linter', target: 'auto' }),
];
