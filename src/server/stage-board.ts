import type { CheckResult } from '../engine/checks/result.ts';
import { findingsOf } from '../engine/report/details.ts';
import { type CheckState, type Problem, STAGES, type Stage, type StageState } from '../protocol/lsp.ts';
import type { StageEvents, StageOutcome } from './stage.ts';

const MAX_FINDINGS = 200;

const NEVER: StageState = {
  status: 'never',
  summary: '',
  at: undefined,
  durationMs: 0,
  tree: undefined,
  checks: [],
  progress: undefined,
  problem: undefined,
};

/** The three stages as the side bar shows them; tells whenever one changes. */
export class StageBoard {
  readonly #states = new Map<Stage, StageState>(STAGES.map((stage) => [stage, NEVER]));
  readonly #began = new Map<Stage, Began>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  states(): Readonly<Record<Stage, StageState>> {
    const of = (stage: Stage): StageState => this.#states.get(stage) ?? NEVER;
    return { loop: of('loop'), mutate: of('mutate'), gate: of('gate') };
  }

  isTrueOf(stage: Stage, tree: string): boolean {
    const state = this.#states.get(stage);
    return state?.tree === tree && isSettled(state);
  }

  /** What was said of this tree before, by another window or on the command line. */
  recall(stage: Stage, tree: string, { status, summary, results }: StageOutcome, at: string): void {
    if (status === 'cancelled') return;
    this.#states.set(stage, { ...NEVER, status, summary, at, tree, checks: results.map(checkState) });
    this.#changed();
  }

  /** What was true of another tree is no longer. */
  markStale(tree: string): void {
    for (const [stage, state] of this.#states) {
      if (isSettled(state) && state.tree !== tree) this.#states.set(stage, { ...state, status: 'stale' });
    }
    this.#changed();
  }

  forget(): void {
    for (const stage of STAGES) this.#states.set(stage, NEVER);
  }

  start(stage: Stage, tree: string): StageEvents {
    const began = { at: performance.now(), before: this.#states.get(stage) ?? NEVER };
    this.#began.set(stage, began);
    const set = (change: Partial<StageState>): void => {
      const state = this.#states.get(stage) ?? NEVER;
      // A run that was given up may still speak; it is of no other.
      if (state.status !== 'running' || this.#began.get(stage) !== began) return;
      this.#states.set(stage, { ...state, ...change });
      this.#changed();
    };
    this.#states.set(stage, { ...NEVER, status: 'running', tree, at: new Date().toISOString() });
    this.#changed();
    const checks = new Map<string, CheckState>();
    const put = (check: CheckState): void => {
      checks.set(check.id, check);
      set({ checks: [...checks.values()] });
    };
    return {
      onPlan: (ids) => {
        for (const id of ids) checks.set(id, pending(id, 'waiting'));
        set({ checks: [...checks.values()], progress: { done: 0, total: ids.length } });
      },
      onStart: (id) => put(pending(id, 'running')),
      onEnd: (result) => {
        put(checkState(result));
        const done = [...checks.values()].filter(({ status }) => status !== 'running' && status !== 'waiting').length;
        set({ progress: { done, total: checks.size } });
      },
      onProgress: (done, total) => set({ progress: { done, total } }),
    };
  }

  /** @param partial only what was asked for by name was run: the rest stands, where it is of the same tree. */
  end(stage: Stage, { status, summary, results, problem }: StageOutcome, partial: boolean): void {
    const state = this.#states.get(stage) ?? NEVER;
    const common = { at: new Date().toISOString(), durationMs: this.#took(stage), progress: undefined };
    const checks = results.map(checkState);
    const before = this.#began.get(stage)?.before ?? NEVER;
    const stands = partial && before.tree === state.tree && isSettled(before);
    if (status === 'cancelled')
      this.#states.set(stage, stands ? before : { ...NEVER, ...common, summary: 'cancelled' });
    else if (stands) this.#states.set(stage, { ...before, ...joined(before, checks) });
    else if (partial) this.#states.set(stage, { ...NEVER, ...common, ...alone(status, summary), problem, checks });
    else this.#states.set(stage, { ...state, ...common, status, summary, problem, checks });
    this.#changed();
  }

  fail(stage: Stage, problem: Problem): void {
    const state = this.#states.get(stage) ?? NEVER;
    const common = { at: new Date().toISOString(), durationMs: this.#took(stage), progress: undefined };
    this.#states.set(stage, { ...state, ...common, status: 'error', summary: problem.message, problem });
    this.#changed();
  }

  #took(stage: Stage): number {
    return Math.round(performance.now() - (this.#began.get(stage)?.at ?? performance.now()));
  }
}

interface Began {
  readonly at: number;
  readonly before: StageState;
}

function isSettled({ status }: StageState): boolean {
  return status === 'passed' || status === 'failed' || status === 'error';
}

/** Some checks of a stage were run again. */
function joined(before: StageState, again: readonly CheckState[]): Partial<StageState> {
  const ids = new Set(again.map(({ id }) => id));
  const checks = [...before.checks.filter(({ id }) => !ids.has(id)), ...again];
  const count = (...statuses: readonly CheckState['status'][]): number =>
    checks.filter(({ status }) => statuses.includes(status)).length;
  const [failed, errored, passed] = [count('fail'), count('error', 'timeout'), count('pass')];
  const parts = [
    failed > 0 ? `${failed} failed` : '',
    errored > 0 ? `${errored} could not judge` : '',
    passed > 0 ? `${passed} passed` : '',
  ];
  const told = { checks, summary: parts.filter((part) => part !== '').join(', ') };
  if (failed > 0) return { ...told, status: 'failed' };
  // What no check is to blame for, as that files changed meanwhile, is not mended by running one of them again.
  const blameless = before.status === 'error' && !before.checks.some(({ status }) => /^(error|timeout)$/.test(status));
  if (blameless) return { checks };
  return errored > 0 ? { ...told, status: 'error' } : { ...told, status: 'passed', problem: undefined };
}

/** Of a part nothing good can be said of the whole. */
function alone(status: 'passed' | 'failed' | 'error', summary: string): Pick<StageState, 'status' | 'summary'> {
  return { status: status === 'passed' ? 'never' : status, summary: `asked for alone: ${summary}` };
}

function pending(id: string, status: 'waiting' | 'running'): CheckState {
  return {
    id,
    status,
    durationMs: 0,
    examined: undefined,
    reason: undefined,
    cached: false,
    findings: [],
    omittedFindings: 0,
  };
}

function checkState({ check, outcome, durationMs, cached }: CheckResult): CheckState {
  const findings = findingsOf(outcome);
  const note = 'note' in outcome ? outcome.note : undefined;
  return {
    id: check.id,
    status: outcome.status,
    durationMs: Math.round(durationMs),
    examined: 'examined' in outcome ? outcome.examined : undefined,
    reason: 'reason' in outcome ? outcome.reason : note,
    cached,
    findings: findings.slice(0, MAX_FINDINGS),
    omittedFindings: Math.max(0, findings.length - MAX_FINDINGS),
  };
}
