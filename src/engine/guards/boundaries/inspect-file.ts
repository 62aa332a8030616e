import type { RawFinding } from '../../../protocol/finding.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import { deepImport } from './deep-import.ts';
import { inspectImport } from './direct.ts';
import { inspectLiterals, inspectName, knownNames } from './disguises.ts';
import type { Facts } from './facts.ts';
import type { Import } from './imports.ts';
import { type CompiledRule, type DenyRule, governs } from './rules.ts';
import { APART, undeclared } from './undeclared.ts';

/** One file, and what it is judged by. */
interface Judgement {
  readonly facts: Facts;
  /** The rules that speak of it. */
  readonly rules: readonly CompiledRule[];
  readonly scopes: ScopeMap;
  readonly text: string;
}

/** Cheap first: a file whose cheap reading breaks nothing and hides nothing needs no parser, unless looked at closely. */
export async function inspectFile(
  path: string,
  facts: Facts,
  rules: readonly CompiledRule[],
  { scopes }: { readonly scopes: ScopeMap },
  closely: boolean,
): Promise<RawFinding[]> {
  const governing = rules.filter((rule) => governs(rule, path));
  const cheap = facts.cheap(path);
  const broken = facts.graph.references(path).unanalysed;
  const judgement = { facts, rules: governing, scopes, text: facts.tree.read(path) ?? '' };
  const needsExact =
    closely ||
    broken !== undefined ||
    (governing.length > 0 && facts.mayHide(path)) ||
    // Names stand only in the exact reading of TypeScript.
    governing.some((rule) => rule.kind === 'deny' && rule.names) ||
    judgeImports(cheap, judgement).length > 0;
  if (!needsExact) return literals(path, cheap, judgement);
  const exact = await facts.exact(path);
  const unparseable = exact.unanalysed ?? (exact.imports.length === 0 ? broken : undefined);
  return [
    ...unread(path, unparseable, governing.length > 0),
    ...judgeImports(exact.imports, judgement),
    ...literals(path, exact.imports, judgement),
  ];
}

/** What is a program of its own, a fixture that is broken on purpose say, matters only to a rule that speaks of it. */
function unread(path: string, reason: string | undefined, governed: boolean): RawFinding[] {
  if (reason === undefined || (!governed && APART.test(`/${path}`))) return [];
  const message = `what it imports is not known: ${reason}`;
  return [{ code: 'boundary/unparseable', severity: 'error', path, message, data: { governed } }];
}

function judgeImports(imports: readonly Import[], { facts, rules, scopes, text }: Judgement): RawFinding[] {
  const named = rules
    .filter((rule) => rule.kind === 'deny')
    .filter((rule) => rule.names)
    .map((rule) => ({ rule, names: namesOf(rule, facts) }));
  return imports.flatMap((found) => [
    ...inspectImport(found, text, rules),
    ...named.flatMap(({ rule, names }) => inspectName(found, text, rule, names)),
    ...[undeclared(found, text, scopes, facts.tree) ?? deepImport(found, text, scopes, facts.tree) ?? []].flat(),
  ]);
}

const nameCache = new WeakMap<DenyRule, ReadonlyMap<string, string>>();

function namesOf(rule: DenyRule, facts: Facts): ReadonlyMap<string, string> {
  const known = nameCache.get(rule) ?? knownNames(rule, facts);
  nameCache.set(rule, known);
  return known;
}

function literals(path: string, imports: readonly Import[], { rules, text }: Judgement): RawFinding[] {
  return rules
    .filter((rule) => rule.kind === 'deny')
    .flatMap((rule) => (rule.literals ? inspectLiterals(path, text, rule, imports) : []));
}
