import type { RawFinding } from '../../../protocol/finding.ts';
import type { EndSet } from './ends.ts';
import { filesOf, findingAt, type Import, targetOf } from './imports.ts';
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
  const { resolution, path } = found;
  if (resolution.kind === 'files') {
    // A glob may lead to many files: one that is excepted does not excuse the others.
    const target = resolution.paths.find((to) => rule.to.matchesFile(to) && !rule.except.matchesFile(to));
    return target === undefined ? loose(found, false, rule.denyComputed) : deniedTarget(rule, found, target);
  }
  if (rule.except.find(resolution, path) !== undefined) return undefined;
  return rule.to.find(resolution, path) === undefined
    ? loose(found, false, rule.denyComputed)
    : deniedTarget(rule, found, targetOf(found));
}

function deniedTarget(rule: CompiledRule & { kind: 'deny' }, found: Import, target: string): Breach {
  const end =
    found.resolution.kind === 'files'
      ? rule.to.ends.find((candidate) => candidate.matchesFile(target))
      : rule.to.find(found.resolution, found.path);
  const text = end?.text ?? target;
  const via = target === text || text.endsWith(`:${target}`) ? '' : ` (${text})`;
  return {
    code: 'boundary/denied',
    message: `${namesOf(rule.from)} may not import ${target}${via}`,
    data: { target },
  };
}

function notAllowed(rule: CompiledRule & { kind: 'allow' }, found: Import): Breach | undefined {
  if (!rule.from.matchesFile(found.path)) return undefined;
  const { resolution, reference } = found;
  if (resolution.kind === 'unresolved') return loose(found, false, rule.denyComputed);
  const outside = filesOf(found).find((path) => !rule.to.matchesFile(path) && !rule.from.matchesFile(path));
  if (resolution.kind === 'files') return outside === undefined ? undefined : outsideAllowed(rule, outside);
  if (rule.to.find(resolution, found.path) !== undefined) return undefined;
  // Builtins are no layer of the program, nor are packages: they are governed only where a rule names one.
  const governed = rule.to.ends.some((end) => end.kind === resolution.kind);
  if (!governed || reference.kind === 'implicit') return undefined;
  return outsideAllowed(rule, targetOf(found));
}

function outsideAllowed(rule: CompiledRule & { kind: 'allow' }, target: string): Breach {
  return {
    code: 'boundary/not-allowed',
    message: `${namesOf(rule.from)} may import only ${namesOf(rule.to)}, not ${target}`,
    data: { target },
  };
}

function againstLayers(rule: CompiledRule & { kind: 'layers' }, found: Import): Breach | undefined {
  const from = layerOf(rule.layers, found.path);
  if (from === undefined) return undefined;
  for (const path of filesOf(found)) {
    const to = layerOf(rule.layers, path);
    if (to === undefined || to.name === from.name || to.level > from.level) continue;
    const message =
      to.level < from.level
        ? `layer ${from.name} may not import ${to.name}, which is above it (${path})`
        : `${from.name} and ${to.name} are siblings and may not import each other (${path})`;
    return { code: 'boundary/layer', message, data: { target: path } };
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
  const other = rule.members.find(
    (member) => member !== own && member.find(found.resolution, found.path) !== undefined,
  );
  if (other === undefined) return undefined;
  return {
    code: 'boundary/dependent',
    message: `${namesOf(own)} and ${namesOf(other)} are to stay independent; this imports ${targetOf(found)}`,
  };
}

/** A specifier that cannot be judged. */
function loose({ reference, resolution }: Import, unresolvable: boolean, computed: boolean): Breach | undefined {
  const nowhere = resolution.kind === 'unresolved' || (resolution.kind === 'files' && resolution.paths.length === 0);
  const open = reference.specifier === undefined || (reference.glob === true && nowhere);
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
