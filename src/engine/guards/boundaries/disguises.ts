import type { RawFinding } from '../../../protocol/finding.ts';
import { positionAt } from '../../text.ts';
import type { End } from './ends.ts';
import type { Facts } from './facts.ts';
import { findingAt, type Import, targetOf } from './imports.ts';
import type { DenyRule } from './rules.ts';
import { stringLiterals } from './string-literals.ts';

/** The word by which a person knows the end of a rule: `numpy` for `pypi:numpy`, `infra` for `src/infra/**`. */
function wordOf(end: End): string | undefined {
  const rest = end.text.slice(end.text.indexOf(':') + 1);
  const parts = rest.split('/').filter((part) => part !== '' && !/[*?{[]/.test(part));
  const word = end.kind === 'package' && rest.startsWith('@') ? rest : parts.at(-1);
  return word === undefined || word.length < 2 ? undefined : word.replace(/\.[cm]?[jt]sx?$|\.py$/, '');
}

/** Names under which the tree knows a denied package: its own, and those it is imported as anywhere (`numpy as np`). */
export function knownNames(rule: DenyRule, facts: Facts): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const end of rule.to.ends) {
    const word = wordOf(end);
    if (word === undefined) continue;
    names.set(word, end.text);
    if (end.kind === 'package') for (const alias of aliasesOf(word, facts)) names.set(alias, end.text);
  }
  return names;
}

function aliasesOf(word: string, facts: Facts): readonly string[] {
  const escaped = quoted(word);
  const python = new RegExp(String.raw`^[ \t]*(?:lazy\s+)?import\s+${escaped}\s+as\s+(\w+)`, 'gm');
  const script = new RegExp(
    String.raw`\bimport\s+(?:\*\s*as\s+)?([\w$]+)\s*(?:,[^'"]*)?\bfrom\s*['"]${escaped}['"]|\b(?:const|let|var)\s+([\w$]+)\s*=\s*require\(\s*['"]${escaped}['"]`,
    'g',
  );
  const found = new Set<string>();
  for (const path of facts.tree.paths) {
    const text = /\.(pyi?|[cm]?[jt]sx?)$/.test(path) ? facts.tree.read(path) : undefined;
    if (text === undefined || !text.includes(word)) continue;
    for (const match of text.matchAll(/\.pyi?$/.test(path) ? python : script)) found.add(match[1] ?? match[2] ?? '');
  }
  // A single letter may be anything, `_` and `$` are whatever the tree says they are.
  return [...found].filter((name) => name.length > 1 || /[_$]/.test(name));
}

/** `from ._backend import np`: what is denied, brought in by another door under the name it is known by. */
export function inspectName(
  found: Import,
  text: string,
  rule: DenyRule,
  names: ReadonlyMap<string, string>,
): RawFinding[] {
  const { path, reference, resolution } = found;
  if (!rule.from.matchesFile(path) || rule.except.matchesFile(path)) return [];
  // Another package may well have a part of that name; the door is in the tree.
  if (resolution.kind === 'package' || resolution.kind === 'builtin') return [];
  if (rule.to.find(resolution, path) !== undefined || (rule.allowTypes && reference.typeOnly)) return [];
  const name = [...(reference.names ?? []), ...pythonAliases(found, text)].find((candidate) => names.has(candidate));
  if (name === undefined) return [];
  const message = `${name} is the name of ${names.get(name)}, here imported by way of ${targetOf(found)}`;
  return [
    findingAt(found, text, {
      code: 'boundary/named',
      message,
      because: rule.because,
      data: { rule: rule.index, name },
    }),
  ];
}

/** `from ._backend import xp as np`: references of Python name only what stands in the other module. */
function pythonAliases({ path, reference }: Import, text: string): readonly string[] {
  if (reference.kind !== 'static' || !/\.pyi?$/.test(path)) return [];
  const clause = /^\s+import\b\s*(?:\(([^)]*)|([^\n;#]*))|^\s+as\s+\w+/.exec(
    text.slice(reference.end, reference.end + 2000),
  );
  return [...(clause?.[1] ?? clause?.[2] ?? clause?.[0] ?? '').matchAll(/\bas\s+(\w+)/g)].map(
    (match) => match[1] ?? '',
  );
}

/** A string that names what is denied: `load("numpy")`, `backend = 'infra/db'`. Those of imports are judged as imports. */
export function inspectLiterals(path: string, text: string, rule: DenyRule, imports: readonly Import[]): RawFinding[] {
  if (!rule.from.matchesFile(path) || rule.except.matchesFile(path)) return [];
  const words = rule.to.ends.flatMap((end) => {
    const word = wordOf(end);
    return word === undefined || !text.includes(word) ? [] : [{ end, pattern: naming(word) }];
  });
  if (words.length === 0) return [];
  const judged = new Set(imports.map(({ reference }) => reference.start));
  const literals = stringLiterals(path, text).filter(({ start, alone }) => !alone && !judged.has(start));
  return literals.flatMap(({ start, end }) => {
    const content = text.slice(start, end);
    const named = words.find(({ pattern }) => pattern.test(content));
    return named === undefined ? [] : [literalFinding(path, text, start, content, named.end, rule)];
  });
}

/** The word by itself, or as part of a path or dotted name. */
function naming(word: string): RegExp {
  return new RegExp(String.raw`^(?:[\w@.~-]*\/)*${quoted(word)}(?:[./:][\w./:-]*)?$`);
}

function literalFinding(
  path: string,
  text: string,
  start: number,
  literal: string,
  end: End,
  rule: DenyRule,
): RawFinding {
  return {
    code: 'boundary/literal',
    severity: 'error',
    path,
    range: { start: positionAt(text, start), end: positionAt(text, start + literal.length) },
    message: `the string "${literal}" names ${end.text}, which may not be imported here`,
    ...(rule.because === undefined ? {} : { because: rule.because }),
    data: { rule: rule.index, specifier: literal, target: end.text },
  };
}

function quoted(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
