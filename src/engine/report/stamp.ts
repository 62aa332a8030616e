import type { EnvelopeResult } from '../../protocol/envelope.ts';
import { decisionLines, governing } from '../decisions/governing.ts';
import { readDecisions } from '../decisions/read-decisions.ts';
import type { Engine, Survey } from '../survey.ts';
import { inputsName, treeName } from '../verdicts/tree-name.ts';

/** What every answer says beside its verdict: of which tree and when, and what was decided about what it touches. */
export interface Stamp {
  readonly tree?: string;
  readonly inputs?: string;
  readonly at?: string;
  readonly decisions?: string[];
  readonly omitted_decisions?: number;
}

/** @param moved whether files changed meanwhile: then it is of no one tree. */
export function stampOf(engine: Engine, { radius, scopes, graph }: Survey, moved: boolean): Stamp {
  const decisions = governing(
    readDecisions(engine.tree, engine.config.decisions, scopes),
    new Set(radius.scopes.keys()),
  );
  const { lines, omitted } = decisionLines(decisions);
  return {
    ...(moved ? {} : { tree: treeName(engine), inputs: inputsName(engine, graph) }),
    at: engine.clock.date(),
    ...(lines.length === 0 ? {} : { decisions: [...lines] }),
    ...(omitted === 0 ? {} : { omitted_decisions: omitted }),
  };
}

/** As an earlier answer had it. */
export function keptStamp({ tree, inputs, at, decisions, omitted_decisions }: EnvelopeResult): Stamp {
  return {
    ...(tree === undefined ? {} : { tree }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(at === undefined ? {} : { at }),
    ...(decisions === undefined ? {} : { decisions }),
    ...(omitted_decisions === undefined ? {} : { omitted_decisions }),
  };
}
