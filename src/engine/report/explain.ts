import type { Check, Target } from '../checks/check.ts';
import type { Reach, ReachReason } from '../scopes/blast-radius.ts';
import type { Survey } from '../survey.ts';
import { cut, plural } from '../text.ts';
import { CATALOGUE } from './catalogue.ts';

/** Facts for one subject, a line each; undefined where the subject is none of ours. */
export interface Explanation {
  readonly subject: string;
  readonly kind: 'path' | 'check' | 'finding' | 'mutant';
  readonly lines: readonly string[];
}

const WHY: Readonly<Record<ReachReason, string>> = {
  imports: 'imports',
  'imported-deleted': 'imported, before it went,',
  computed: 'loads something by a computed name from the same scope as',
  'same-scope': 'is in the same scope as (no import says who reads it)',
  'test-data': 'is a test in the same scope as',
  manifest: 'is in a scope whose manifest needs the scope of (no import says how)',
};

/** Why a path is in scope: the chain back to what changed, or why there is none. */
export function explainPath(path: string, survey: Survey): Explanation | undefined {
  const { radius, graph, scopes, checks } = survey;
  const fate = radius.fates.get(path);
  const reach = radius.reached.get(path);
  const index = graph.indexOf(path);
  if (fate === undefined && reach === undefined && index === undefined) return undefined;
  const scope = scopes.of(path);
  const lines = [`scope: ${scope === undefined ? 'none' : `${scope.id} (${scope.root || 'the root'})`}`];
  if (fate?.kind === 'inert')
    lines.push(
      `changed, and inert by the ${fate.configured ? 'configured' : 'built-in'} rule ${fate.rule}: no check runs for it`,
    );
  else if (fate?.kind === 'widened')
    lines.push(
      `changed, and calls for everything: ${fate.reason.text}`,
      'to lift it: an `inert` pattern in downforce.jsonc, if no check reads it',
    );
  else if (reach !== undefined) lines.push(...chain(path, reach, survey));
  else lines.push('not affected by this change');
  if (index !== undefined) lines.push(...neighbours(index, survey));
  const covering = checks.filter((check) => check.covers(path)).map((check) => check.id);
  lines.push(covering.length === 0 ? 'no check covers it' : `covered by: ${covering.join(', ')}`);
  if (radius.reasons.length > 0 && fate?.kind !== 'widened')
    lines.push(`everything is checked anyway: ${radius.reasons[0]?.path ?? ''} ${radius.reasons[0]?.text ?? ''}`);
  return { subject: path, kind: 'path', lines };
}

function chain(path: string, reach: Reach, { radius }: Survey): string[] {
  if (reach.distance === 0) return ['changed itself'];
  const lines = [`affected, ${plural(reach.distance, 'step')} from the change:`];
  let current = path;
  for (
    let step: Reach | undefined = reach;
    step?.via !== undefined && lines.length < 30;
    step = radius.reached.get(step.via.path)
  ) {
    lines.push(`  ${current} ${WHY[step.via.why]} ${step.via.path}`);
    current = step.via.path;
  }
  lines.push(`  ${current} changed`);
  return lines;
}

function neighbours(index: number, { graph }: Survey): string[] {
  const name = (indexes: readonly number[]): string => {
    const shown = indexes.slice(0, 5).map((other) => graph.paths[other] ?? '');
    return `${shown.join(', ')}${indexes.length > 5 ? ` and ${indexes.length - 5} more` : ''}`;
  };
  const needs = graph.dependencies(index);
  const neededBy = graph.dependents(index);
  const broken = graph.unanalysed(index);
  return [
    ...(needs.length > 0 ? [`imports ${name(needs)}`] : []),
    ...(neededBy.length > 0 ? [`imported by ${name(neededBy)}`] : []),
    ...(graph.isComputed(index) ? ['names something only known at run time: counts as needing all of its scope'] : []),
    ...(broken === undefined ? [] : [`could not be read for imports (${broken}): counts as needing all of its scope`]),
  ];
}

/** What a check is, why it is here, and whether this change calls for it. */
export function explainCheck(check: Check, survey: Survey, scratch: string): Explanation {
  const { radius } = survey;
  const covered = [...radius.reached]
    .filter(([path]) => check.covers(path))
    .sort((a, b) => a[1].distance - b[1].distance);
  const wanted = check.narrowing === 'changed' ? covered.filter(([, reach]) => reach.distance === 0) : covered;
  const all = radius.reasons.length > 0 || check.narrowing === 'whole';
  const target: Target =
    all || wanted.length === 0 ? { kind: 'all' } : { kind: 'files', paths: wanted.map(([path]) => path) };
  const invocation = check.invoke(target, scratch);
  const called =
    radius.reasons.length > 0
      ? `called for: everything is checked (${radius.reasons[0]?.text ?? ''})`
      : wanted.length === 0
        ? 'not called for by this change: it covers no affected file'
        : `called for by ${plural(wanted.length, 'file')}, the nearest ${wanted[0]?.[0] ?? ''}`;
  return {
    subject: check.id,
    kind: 'check',
    lines: [
      `found by: ${check.evidence}`,
      `scope: ${check.scope}, runs in ${check.cwd || 'the root'}`,
      called,
      invocation.kind === 'run'
        ? `command: ${cut(invocation.argv.join(' '), 2000)}`
        : invocation.kind === 'missing'
          ? `not installed: ${invocation.program}; ${invocation.hint}`
          : `nothing to do: ${invocation.reason}`,
      ...(check.config.length > 0 ? [`its configuration: ${check.config.join(', ')}`] : []),
      `stopped after ${Math.round(check.timeoutMs / 1000)} s; ${check.retries === 0 ? 'not retried' : `retried up to ${check.retries} times`}`,
      `to lift it: "checks": { "${check.id}": { "off": true } } in downforce.jsonc`,
    ],
  };
}

/** What a finding's code means. */
export function explainCode(code: string): Explanation | undefined {
  const entry =
    CATALOGUE.find((known) => known.code === code) ??
    CATALOGUE.find((known) => known.code === `${code.split('/')[0]}/*`);
  if (entry === undefined) return undefined;
  return {
    subject: code,
    kind: 'finding',
    lines: [entry.meaning, `why it matters: ${entry.why}`, `what lifts it: ${entry.lift}`],
  };
}
