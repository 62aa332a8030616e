import type { GateResult } from '../gate.ts';
import { type EnvelopeInput, fullEnvelope } from '../report/envelope.ts';
import { gateExitStatus } from '../report/gate-verdict.ts';
import type { Engine } from '../survey.ts';
import { recordVerdict, VERDICT_SCHEMA } from './recorded.ts';
import type { TreeDigest } from './tree-digest.ts';

/** Whether a gate has come to a verdict on its tree: passed, or failed for what is in it. */
export function hasJudged(result: GateResult): boolean {
  const status = gateExitStatus(result);
  return status === 0 || (status === 1 && !result.moved);
}

/** Keeps the answer for exactly this tree, so that a hook or an editor need not ask again. */
export function recordGate(
  input: EnvelopeInput,
  tree: TreeDigest,
  { store, clock }: Pick<Engine, 'store' | 'clock'>,
): void {
  if (tree.kind === 'unknown') return;
  const envelope = fullEnvelope(input);
  const verdict = { schema: VERDICT_SCHEMA, tree: tree.value, ok: input.ok, at: clock.date(), envelope } as const;
  recordVerdict(store, { ...verdict, exitStatus: input.ok ? 0 : 1 });
}
