import type { RawFinding } from '../../../protocol/finding.ts';
import type { GuardContext } from '../guard.ts';
import { inspectImport } from './direct.ts';
import { inspectLiterals, inspectName, knownNames } from './disguises.ts';
import type { Facts } from './facts.ts';
import type { Import } from './imports.ts';
import { inspectPackages } from './packages.ts';
import { type CompiledRule, governs } from './rules.ts';

/** Cheap first: a file whose cheap reading breaks nothing and hides nothing needs no parser. */
export async function inspectFile(
  path: string,
  facts: Facts,
  rules: readonly CompiledRule[],
  context: Pick<GuardContext, 'scopes' | 'analyse'>,
  closely: boolean,
): Promise<RawFinding[]> {
  const governing = rules.filter((rule) => governs(rule, path));
  const cheap = facts.cheap(path);
  const broken = facts.graph.references(path).unanalysed;
  const text = (): string => facts.tree.read(path) ?? '';
  const judge = (imports: readonly Import[]): RawFinding[] =>
    inspectImports(imports, text(), governing, facts, context);
  const needsExact =
    closely ||
    broken !== undefined ||
    (governing.length > 0 && facts.isSuspicious(path)) ||
    hasBreach(cheap, governing, facts, context, text);
  if (!needsExact) return literals(path, text, governing, context);
  const exact = await facts.exact(path);
  const unparseable = exact.unanalysed ?? (exact.imports.length === 0 ? broken : undefined);
  const unread: RawFinding[] =
    unparseable === undefined
      ? []
      : [
          {
            code: 'boundary/unparseable',
            severity: 'error',
            path,
            message: `what it imports is not known: ${unparseable}`,
          },
        ];
  return [...unread, ...judge(exact.imports), ...(await literals(path, text, governing, context))];
}

function hasBreach(
  imports: readonly Import[],
  rules: readonly CompiledRule[],
  facts: Facts,
  context: Pick<GuardContext, 'scopes'>,
  text: () => string,
): boolean {
  const named = rules.some((rule) => rule.kind === 'deny' && rule.names);
  // Names stand only in the exact reading of TypeScript, so a rule about names always asks for it.
  return (
    named ||
    imports.some(
      (found) =>
        inspectImport(found, '', rules).length > 0 ||
        inspectPackages(found, found.resolution.kind === 'package' ? text() : '', context.scopes, facts.tree).length >
          0,
    )
  );
}

function inspectImports(
  imports: readonly Import[],
  text: string,
  rules: readonly CompiledRule[],
  facts: Facts,
  context: Pick<GuardContext, 'scopes'>,
): RawFinding[] {
  const named = rules
    .filter((rule) => rule.kind === 'deny')
    .filter((rule) => rule.names)
    .map((rule) => ({ rule, names: namesOf(rule, facts) }));
  return imports.flatMap((found) => [
    ...inspectImport(found, text, rules),
    ...named.flatMap(({ rule, names }) => inspectName(found, text, rule, names)),
    ...inspectPackages(found, text, context.scopes, facts.tree),
  ]);
}

const nameCache = new WeakMap<CompiledRule, ReadonlyMap<string, string>>();

function namesOf(rule: CompiledRule & { kind: 'deny' }, facts: Facts): ReadonlyMap<string, string> {
  const known = nameCache.get(rule) ?? knownNames(rule, facts);
  nameCache.set(rule, known);
  return known;
}

async function literals(
  path: string,
  text: () => string,
  rules: readonly CompiledRule[],
  context: Pick<GuardContext, 'analyse'>,
): Promise<RawFinding[]> {
  const wanting = rules.filter((rule) => rule.kind === 'deny').filter((rule) => rule.literals);
  const candidates = wanting.filter((rule) => inspectLiterals(path, text(), rule, []).length > 0);
  if (candidates.length === 0) return [];
  const analysis = await context.analyse(path, text());
  return candidates.flatMap((rule) => inspectLiterals(path, text(), rule, analysis?.comments ?? []));
}
