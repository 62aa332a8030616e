import type { CheckResult } from '../engine/checks/result.ts';
import type { MutationResult } from '../engine/mutation/run-mutation.ts';
import type { Engine, Survey } from '../engine/survey.ts';
import type { Problem, Stage } from '../protocol/lsp.ts';

/** How one stage ended. */
export interface StageOutcome {
  readonly status: 'passed' | 'failed' | 'error' | 'cancelled';
  /** One line. */
  readonly summary: string;
  readonly results: readonly CheckResult[];
  readonly mutation: MutationResult | undefined;
  readonly problem: Problem | undefined;
}

export interface StageEvents {
  onPlan(ids: readonly string[]): void;
  onStart(id: string): void;
  onEnd(result: CheckResult): void;
  onProgress(done: number, total: number): void;
}

export interface StageRequest {
  readonly stage: Stage;
  readonly only: readonly string[];
  /** Nothing of the repository may be run: the guards alone. */
  readonly trusted: boolean;
  /** What is known of the tree already. */
  readonly found: Promise<Survey>;
}

/** Runs one stage of the harness on an opened engine. Rejects for defects and bad configuration only. */
export type RunStage = (
  engine: Engine,
  request: StageRequest,
  events: StageEvents,
  signal: AbortSignal,
) => Promise<StageOutcome>;
