import { COVERAGE_AND_MUTATION } from './vocabulary-coverage.ts';
import { JAVASCRIPT } from './vocabulary-javascript.ts';
import { OTHERS } from './vocabulary-others.ts';
import { PYTHON } from './vocabulary-python.ts';

/**
 * What a suppression is about: the line it stands on, the next line of code, whichever of the two its line leaves
 * (alone on its line it means the next), all until it is taken back, or the whole file.
 */
export type Target = 'same' | 'next' | 'auto' | 'block' | 'file';

/** One way to silence a tool by a comment. */
export interface Directive {
  readonly tool: string;
  /**
   * Matched against a comment without its delimiters and outer white space; in line comments with `#` also against
   * what follows each further `#`. The first group is what is told to a person, group `codes` lists the rules.
   */
  readonly pattern: RegExp;
  readonly target: Target;
  /** What separates rules in the list, or how to read it; all rules are silenced where there is none. */
  readonly codes?: 'comma' | 'space' | 'settings';
  /** The rule, where the directive is one by itself. */
  readonly code?: string;
  /** Obeyed at the start of any line of a block comment, not of its first alone. */
  readonly anyLine?: boolean;
  /** Kinds of comment that the tool looks into; any where left out. */
  readonly within?: 'block' | 'hash';
  /** What takes a `block` back. */
  readonly until?: RegExp;
}

export const VOCABULARY: readonly Directive[] = [...JAVASCRIPT, ...PYTHON, ...COVERAGE_AND_MUTATION, ...OTHERS];

/** Found in every text that holds a suppression, and seldom elsewhere: spares the parsing of most files. */
export const HINT =
  /ignore|disable|nolint|noqa|no\s*(?:cover|branch|mutate)|nosec|nosemgrep|nosonar|nocov|noinspection|nocheck|\bany\b|\ballow\b|\[\s*expect|@ts-expect|SuppressWarnings|eslint\s|pyright|mypy|pytype|pyre-|\$Flow|fmt:|isort:|_EXCL_|codeql|lgtm|allowlist|-OFF\b|:\s*OFF\b|\bskip=|suppress/i;

/** What the configuration adds: the pattern may stand anywhere in a comment, its first group lists rules. */
export function configuredDirectives(
  extra: readonly { readonly tool: string; readonly pattern: string }[],
): readonly Directive[] {
  return extra.flatMap(({ tool, pattern }) => {
    try {
      return [{ tool, pattern: new RegExp(`[\\s\\S]*?(${pattern})`), target: 'auto' as const }];
    } catch {
      // The configuration's own check tells of a pattern that is none.
      return [];
    }
  });
}

/** Rules that a match names; `*` where it names none. */
export function codesOf(directive: Directive, match: RegExpExecArray): readonly string[] {
  if (directive.code !== undefined) return [directive.code];
  const list = match.groups?.['codes']?.trim() ?? '';
  const codes = directive.codes === 'settings' ? turnedOff(list) : split(list, directive.codes ?? 'comma');
  if (directive.codes === 'settings') return codes;
  return codes.length === 0 ? ['*'] : codes.map((code) => (/^(all|any|\*)$/i.test(code) ? '*' : code));
}

function split(list: string, by: 'comma' | 'space'): readonly string[] {
  const parts = list.split(by === 'comma' ? /[\s]*[,;][\s]*/ : /[\s,]+/);
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** Rules set to `0` or `"off"` in `eslint no-console: 0, curly: ["off"]`. */
function turnedOff(list: string): readonly string[] {
  return [...list.matchAll(/["']?([\w@/-]+)["']?\s*:\s*(?:\[\s*)?(?:0\b|["']?off\b)/g)].map((match) => match[1] ?? '');
}
