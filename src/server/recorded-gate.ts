import { resultOf } from '../engine/shards/part-report.ts';
import type { Engine } from '../engine/survey.ts';
import { readVerdict } from '../engine/verdicts/recorded.ts';
import { treeDigest } from '../engine/verdicts/tree-digest.ts';
import type { StageOutcome } from './stage.ts';
import { summarize } from './summarize.ts';

/** What a gate has said of this very tree, here or on the command line. */
export interface RecordedGate extends StageOutcome {
  /** ISO 8601. */
  readonly at: string;
}

export function recordedGate(engine: Engine): RecordedGate | undefined {
  const tree = treeDigest(engine);
  const verdict = tree.kind === 'digest' ? readVerdict(engine.store, tree.value) : undefined;
  if (verdict === undefined) return undefined;
  const results = (verdict.envelope.result?.checks ?? []).map(resultOf);
  const status = verdict.ok ? 'passed' : 'failed';
  return {
    status,
    summary: summarize(results, undefined),
    results,
    mutation: undefined,
    problem: undefined,
    at: verdict.at,
  };
}
