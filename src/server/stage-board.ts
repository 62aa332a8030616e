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
  readonly #began = new Map<Stage, number>();
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
    return state?.tree === tree && (state.status === 'passed' || state.status === 'failed' || state.status === 'error');
  }

  /** What was true of another tree is no longer. */
  markStale(tree: string): void {
    for (const [stage, state] of this.#states) {
      const settled = state.status === 'passed' || state.status === 'failed' || state.status === 'error';
      if (settled && state.tree !== tree) this.#states.set(stage, { ...state, status: 'stale' });
    }
    this.#changed();
  }

  forget(): void {
    for (const stage of STAGES) this.#states.set(stage, NEVER);
  }

  start(stage: Stage, tree: string): StageEvents {
    this.#began.set(stage, performance.now());
    const set = (change: Partial<StageState>): void => {
      const state = this.#states.get(stage) ?? NEVER;
      if (state.status !== 'running') return;
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

  end(stage: Stage, { status, summary, results, problem }: StageOutcome): void {
    const state = this.#states.get(stage) ?? NEVER;
    const common = { at: new Date().toISOString(), durationMs: this.#took(stage), progress: undefined };
    if (status === 'cancelled') this.#states.set(stage, { ...NEVER, ...common, summary: 'cancelled' });
    else this.#states.set(stage, { ...state, ...common, status, summary, problem, checks: results.map(checkState) });
    this.#changed();
  }

  fail(stage: Stage, problem: Problem): void {
    const state = this.#states.get(stage) ?? NEVER;
    const common = { at: new Date().toISOString(), durationMs: this.#took(stage), progress: undefined };
    this.#states.set(stage, { ...state, ...common, status: 'error', summary: problem.message, problem });
    this.#changed();
  }

  #took(stage: Stage): number {
    return Math.round(performance.now() - (this.#began.get(stage) ?? performance.now()));
  }
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
