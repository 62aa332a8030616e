import type { BoundaryRule } from '../../../protocol/boundary-rules.ts';
import type { ScopeMap } from '../../scopes/scope.ts';
import { compileEnds, type EndSet } from './ends.ts';

interface Common {
  /** Place in the configuration's `boundaries`. */
  readonly index: number;
  readonly because: string | undefined;
  /** Whether type-only imports are let through. */
  readonly allowTypes: boolean;
}

export type CompiledRule =
  | (Common & {
      readonly kind: 'deny';
      readonly from: EndSet;
      readonly to: EndSet;
      readonly except: EndSet;
      readonly reachable: boolean;
      readonly names: boolean;
      readonly literals: boolean;
      readonly denyComputed: boolean;
    })
  | (Common & { readonly kind: 'allow'; readonly from: EndSet; readonly to: EndSet; readonly denyComputed: boolean })
  /** From the top; the siblings of one layer are apart. */
  | (Common & { readonly kind: 'layers'; readonly layers: readonly (readonly EndSet[])[] })
  | (Common & { readonly kind: 'independent'; readonly members: readonly EndSet[] })
  | (Common & { readonly kind: 'circular'; readonly among: EndSet })
  | (Common & {
      readonly kind: 'strict';
      readonly from: EndSet;
      readonly unresolvable: boolean;
      readonly computed: boolean;
    });

export type DenyRule = CompiledRule & { readonly kind: 'deny' };

export function compileRules(rules: readonly BoundaryRule[], scopes: ScopeMap): readonly CompiledRule[] {
  return rules.map((rule, index) => compileRule(rule, index, scopes));
}

function compileRule(rule: BoundaryRule, index: number, scopes: ScopeMap): CompiledRule {
  const ends = (texts: readonly string[]): EndSet => compileEnds(texts, scopes);
  const common = { index, because: rule.because, allowTypes: 'types' in rule && rule.types === 'allow' };
  if ('deny' in rule) {
    return {
      ...common,
      kind: 'deny',
      from: ends(rule.from),
      to: ends(rule.deny),
      except: ends(rule.except ?? []),
      reachable: rule.reachable,
      names: rule.also.includes('names'),
      literals: rule.also.includes('literals'),
      denyComputed: rule.computed === 'deny',
    };
  }
  if ('allow' in rule)
    return {
      ...common,
      kind: 'allow',
      from: ends(rule.from),
      to: ends(rule.allow),
      denyComputed: rule.computed === 'deny',
    };
  if ('layers' in rule) {
    const layers = rule.layers.map((layer) =>
      typeof layer === 'string' ? [ends([layer])] : layer.map((name) => ends([name])),
    );
    return { ...common, kind: 'layers', layers };
  }
  if ('independent' in rule)
    return { ...common, kind: 'independent', members: rule.independent.map((name) => ends([name])) };
  if ('circular' in rule) return { ...common, kind: 'circular', among: ends(rule.circular) };
  return {
    ...common,
    kind: 'strict',
    from: ends(rule.from),
    unresolvable: rule.unresolvable === 'deny',
    computed: rule.computed === 'deny',
  };
}

/** Every end of a rule that should match some file. */
export function fileEnds(rule: CompiledRule): readonly EndSet[] {
  switch (rule.kind) {
    case 'deny':
    case 'allow':
      return [rule.from, rule.to];
    case 'layers':
      return rule.layers.flat();
    case 'independent':
      return rule.members;
    case 'circular':
      return [rule.among];
    case 'strict':
      return [rule.from];
    default:
      return rule satisfies never;
  }
}

/** Whether a direct import of this file is the rule's concern, so that its imports have to be read exactly. */
export function governs(rule: CompiledRule, path: string): boolean {
  switch (rule.kind) {
    case 'deny':
    case 'allow':
    case 'strict':
      return rule.from.matchesFile(path);
    case 'layers':
      return rule.layers.flat().some((layer) => layer.matchesFile(path));
    case 'independent':
      return rule.members.some((member) => member.matchesFile(path));
    case 'circular':
      return rule.among.matchesFile(path);
    default:
      return rule satisfies never;
  }
}
