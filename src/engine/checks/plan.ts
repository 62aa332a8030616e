import type { Tree } from '../ports.ts';
import type { BlastRadius } from '../scopes/blast-radius.ts';
import type { Check, Target } from './check.ts';
import type { Durations } from './durations.ts';

export interface PlannedCheck {
  readonly check: Check;
  readonly target: Target;
  /** Least distance of a file that called for it. */
  readonly distance: number;
  /** Milliseconds to expect. */
  readonly estimateMs: number;
}

export interface Plan {
  /** In the order they should start: nearest first, then cheapest. */
  readonly planned: readonly PlannedCheck[];
  /** Found in the repository, and no affected file calls for them. */
  readonly outside: readonly Check[];
}

/** @param everything run all checks on all files, whatever changed. */
export function planChecks(
  checks: readonly Check[],
  radius: BlastRadius,
  tree: Tree,
  durations: Durations,
  everything: boolean,
): Plan {
  const nearest = [...radius.reached].sort((a, b) => a[1].distance - b[1].distance || (a[0] < b[0] ? -1 : 1));
  const planned: PlannedCheck[] = [];
  const outside: Check[] = [];
  for (const check of checks) {
    const found = everything || radius.reasons.length > 0 ? everythingOf(check, nearest) : narrow(check, nearest, tree);
    if (found === undefined) outside.push(check);
    else planned.push({ check, ...found, estimateMs: durations.estimate(check, found.target) });
  }
  planned.sort((a, b) => a.distance - b.distance || a.estimateMs - b.estimateMs || (a.check.id < b.check.id ? -1 : 1));
  return { planned, outside };
}

type Reached = readonly (readonly [string, { readonly distance: number }])[];
type Need = Pick<PlannedCheck, 'target' | 'distance'>;

const FAR = 1000;

/** All of it; the distance still says what to run first. */
function everythingOf(check: Check, nearest: Reached): Need {
  const first = nearest.find(([path]) => check.covers(path));
  return { target: { kind: 'all' }, distance: first?.[1].distance ?? FAR };
}

function narrow(check: Check, nearest: Reached, tree: Tree): Need | undefined {
  const covered = nearest.filter(([path]) => check.covers(path));
  const wanted = check.narrowing === 'changed' ? covered.filter(([, reach]) => reach.distance === 0) : covered;
  const first = wanted[0];
  if (first === undefined) return undefined;
  const distance = first[1].distance;
  if (check.narrowing === 'whole') return { target: { kind: 'all' }, distance };
  const paths = wanted.map(([path]) => path).filter((path) => tree.has(path));
  return paths.length === 0 ? undefined : { target: { kind: 'files', paths }, distance };
}
