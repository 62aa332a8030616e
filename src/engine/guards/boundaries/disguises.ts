import type { RawFinding } from '../../../protocol/finding.ts';
import { positionAt } from '../../text.ts';
import type { End } from './ends.ts';
import type { Facts } from './facts.ts';
import { findingAt, type Import, targetOf } from './imports.ts';
import type { CompiledRule } from './rules.ts';

type Deny = CompiledRule & { kind: 'deny' };

/** The word by which a person knows the end of a rule: `numpy` for `pypi:numpy`, `infra` for `src/infra/**`. */
export function wordOf(end: End): string | undefined {
  const rest = end.text.slice(end.text.indexOf(':') + 1);
  const parts = rest.split('/').filter((part) => part !== '' && !/[*?{[]/.test(part));
  const word = end.kind === 'package' && rest.startsWith('@') ? rest : parts.at(-1);
  return word === undefined || word.length < 2 ? undefined : word.replace(/\.[cm]?[jt]sx?$|\.py$/, '');
}

/** Names under which the tree knows a denied package: its own, and those it is imported as anywhere (`numpy as np`). */
export function knownNames(rule: Deny, facts: Facts): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const end of rule.to.ends) {
    const word = wordOf(end);
    if (word === undefined) continue;
    names.set(word, end.text);
    if (end.kind === 'package') for (const alias of aliasesOf(word, facts)) names.set(alias, end.text);
  }
  return names;
}

function aliasesOf(word: string, facts: Facts): string[] {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const python = new RegExp(String.raw`^\s*(?:lazy\s+)?import\s+${escaped}\s+as\s+(\w+)`, 'gm');
  const script = new RegExp(String.raw`import\s+\*\s+as\s+([\w$]+)\s+from\s+['"]${escaped}['"]`, 'g');
  const found = new Set<string>();
  for (const path of facts.tree.paths) {
    const text = /\.(pyi?|[cm]?[jt]sx?)$/.test(path) ? facts.tree.read(path) : undefined;
    if (text === undefined || !text.includes(word)) continue;
    for (const match of text.matchAll(path.endsWith('.py') ? python : script)) found.add(match[1] ?? '');
  }
  return [...found].filter((name) => name.length > 1);
}

/** `from ._backend import np`: what is denied, brought in by another door under the name it is known by. */
export function inspectName(found: Import, text: string, rule: Deny, names: ReadonlyMap<string, string>): RawFinding[] {
  if (!rule.from.matchesFile(found.path) || rule.to.find(found.resolution) !== undefined) return [];
  if (rule.allowTypes && found.reference.typeOnly) return [];
  const name = (found.reference.names ?? []).find((candidate) => names.has(candidate));
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

/** A string that names what is denied: `load("numpy")`, `backend = 'infra/db'`. */
export function inspectLiterals(
  path: string,
  text: string,
  rule: Deny,
  comments: readonly { start: number; end: number }[],
): RawFinding[] {
  if (!rule.from.matchesFile(path) || rule.except.matchesFile(path)) return [];
  return rule.to.ends.flatMap((end) => {
    const word = wordOf(end);
    if (word === undefined || !text.includes(word)) return [];
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const literal = new RegExp(String.raw`(['"\`])((?:[\w@.~-]*\/)*${escaped}(?:[./][\w./-]*)?)\1`, 'g');
    return [...text.matchAll(literal)].flatMap((match) => {
      const start = match.index + 1;
      if (comments.some((comment) => comment.start <= start && start < comment.end)) return [];
      const range = { start: positionAt(text, start), end: positionAt(text, start + (match[2] ?? '').length) };
      return [literalFinding(path, range, match[2] ?? '', end, rule)];
    });
  });
}

function literalFinding(path: string, range: RawFinding['range'], literal: string, end: End, rule: Deny): RawFinding {
  return {
    code: 'boundary/literal',
    severity: 'error',
    path,
    ...(range === undefined ? {} : { range }),
    message: `the string "${literal}" names ${end.text}, which may not be imported here`,
    ...(rule.because === undefined ? {} : { because: rule.because }),
    data: { rule: rule.index, specifier: literal, target: end.text },
  };
}
