import type { RawFinding } from '../../../protocol/finding.ts';
import type { EndSet } from './ends.ts';
import { findingAt, type Import, targetOf } from './imports.ts';
import type { CompiledRule } from './rules.ts';

/** What one import breaks by itself; chains and circles are looked at elsewhere. */
export function inspectImport(found: Import, text: string, rules: readonly CompiledRule[]): RawFinding[] {
  return rules.flatMap((rule) => {
    if (rule.allowTypes && found.reference.typeOnly) return [];
    const broken = breaks(rule, found);
    if (broken === undefined) return [];
    return [findingAt(found, text, { ...broken, because: rule.because, data: { rule: rule.index, ...broken.data } })];
  });
}

interface Breach {
  readonly code: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

function breaks(rule: CompiledRule, found: Import): Breach | undefined {
  switch (rule.kind) {
    case 'deny':
      return denied(rule, found);
    case 'allow':
      return notAllowed(rule, found);
    case 'layers':
      return againstLayers(rule, found);
    case 'independent':
      return notIndependent(rule, found);
    case 'strict':
      return rule.from.matchesFile(found.path) ? loose(found, rule.unresolvable, rule.computed) : undefined;
    case 'circular':
      return undefined;
    default:
      return rule satisfies never;
  }
}

function denied(rule: CompiledRule & { kind: 'deny' }, found: Import): Breach | undefined {
  if (!rule.from.matchesFile(found.path) || rule.except.matchesFile(found.path)) return undefined;
  if (rule.except.find(found.resolution) !== undefined) return undefined;
  const end = rule.to.find(found.resolution);
  if (end !== undefined) {
    return {
      code: 'boundary/denied',
      message: `${namesOf(rule.from)} may not import ${targetOf(found)}${viaEnd(end.text, found)}`,
    };
  }
  return loose(found, false, rule.denyComputed);
}

function viaEnd(text: string, found: Import): string {
  return targetOf(found) === text || text.endsWith(`:${targetOf(found)}`) ? '' : ` (${text})`;
}

function notAllowed(rule: CompiledRule & { kind: 'allow' }, found: Import): Breach | undefined {
  if (!rule.from.matchesFile(found.path)) return undefined;
  const { resolution } = found;
  if (resolution.kind === 'unresolved') return loose(found, false, rule.denyComputed);
  if (rule.to.find(resolution) !== undefined) return undefined;
  if (resolution.kind === 'files' && resolution.paths.every((path) => rule.from.matchesFile(path))) return undefined;
  // Builtins are no layer of the program; they are governed only where a rule names one.
  if (resolution.kind === 'builtin' && !rule.to.ends.some((end) => end.kind === 'builtin')) return undefined;
  if (resolution.kind === 'package' && !rule.to.ends.some((end) => end.kind === 'package')) return undefined;
  return {
    code: 'boundary/not-allowed',
    message: `${namesOf(rule.from)} may import only ${namesOf(rule.to)}, not ${targetOf(found)}`,
  };
}

function againstLayers(rule: CompiledRule & { kind: 'layers' }, found: Import): Breach | undefined {
  const from = layerOf(rule.layers, found.path);
  if (from === undefined || found.resolution.kind !== 'files') return undefined;
  for (const path of found.resolution.paths) {
    const to = layerOf(rule.layers, path);
    if (to === undefined || to.name === from.name) continue;
    if (to.level < from.level)
      return {
        code: 'boundary/layer',
        message: `layer ${from.name} may not import ${to.name}, which is above it (${path})`,
      };
    if (to.level === from.level)
      return {
        code: 'boundary/layer',
        message: `${from.name} and ${to.name} are siblings and may not import each other (${path})`,
      };
  }
  return undefined;
}

/** The layer a file lies in; level 0 is the top. */
export function layerOf(
  layers: readonly (readonly EndSet[])[],
  path: string,
): { level: number; name: string } | undefined {
  for (const [level, siblings] of layers.entries()) {
    const own = siblings.find((sibling) => sibling.matchesFile(path));
    if (own !== undefined) return { level, name: namesOf(own) };
  }
  return undefined;
}

function notIndependent(rule: CompiledRule & { kind: 'independent' }, found: Import): Breach | undefined {
  const own = rule.members.find((member) => member.matchesFile(found.path));
  if (own === undefined) return undefined;
  const other = rule.members.find((member) => member !== own && member.find(found.resolution) !== undefined);
  if (other === undefined) return undefined;
  return {
    code: 'boundary/dependent',
    message: `${namesOf(own)} and ${namesOf(other)} are to stay independent; this imports ${targetOf(found)}`,
  };
}

/** A specifier that cannot be judged. */
function loose({ reference, resolution }: Import, unresolvable: boolean, computed: boolean): Breach | undefined {
  const open = reference.specifier === undefined || (reference.glob === true && resolution.kind === 'unresolved');
  if (open && computed) {
    return {
      code: 'boundary/computed',
      message:
        'the specifier is computed at run time, so no rule can judge it; name the module, or choose among literal imports',
    };
  }
  if (!open && unresolvable && resolution.kind === 'unresolved') {
    return { code: 'boundary/unresolvable', message: `"${reference.specifier}" leads to no file or package` };
  }
  return undefined;
}

export function namesOf(ends: EndSet): string {
  return ends.ends.map((end) => end.text).join(', ');
}
