import type { Finding } from '../../protocol/finding.ts';
import type { Check, CheckKind } from './check.ts';

/** How one check ended; each state carries what it knows and nothing else. */
export type CheckOutcome =
  | {
      readonly status: 'pass' | 'fail';
      readonly findings: readonly Finding[];
      readonly examined: number | undefined;
      /** Qualifies the verdict: `passed on retry 2/3`. */
      readonly note?: string;
      /** Would fail, had no person said that they stay. */
      readonly waived?: readonly Finding[];
      readonly durations?: Readonly<Record<string, number>>;
    }
  /** Could not judge: missing, crashed, unreadable output, looked at nothing. */
  | { readonly status: 'error' | 'timeout'; readonly reason: string; readonly findings: readonly Finding[] }
  | { readonly status: 'deferred' | 'skipped' | 'cancelled'; readonly reason: string };

/** What a result says of the check it is of: a tool's, a guard, or the mutants. */
export interface CheckIdentity extends Pick<Check, 'id' | 'tool' | 'scope'> {
  readonly kind: CheckKind | 'guard' | 'mutation';
}

export interface CheckResult {
  readonly check: CheckIdentity;
  readonly outcome: CheckOutcome;
  readonly durationMs: number;
  /** Steps from the change to the nearest file the check was for. */
  readonly distance: number;
  readonly cached: boolean;
}
