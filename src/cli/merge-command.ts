import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { ExpectedError } from '../engine/errors.ts';
import { isMergeOk, mergeActions, mergeError, mergeExitStatus } from '../engine/report/merge-verdict.ts';
import { findFaults } from '../engine/shards/find-faults.ts';
import { joinParts } from '../engine/shards/join-parts.ts';
import { type PartReport, toPart } from '../engine/shards/part-report.ts';
import { recordGate } from '../engine/verdicts/record-gate.ts';
import { treeDigest } from '../engine/verdicts/tree-digest.ts';
import { openEngine } from '../harness/open-engine.ts';
import { publishMutation } from '../harness/publish-mutation.ts';
import { envelopeSchema } from '../protocol/envelope.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import { publish } from './publish.ts';
import type { Streams } from './streams.ts';

/** Joins the reports of a split run into one verdict. What does not make a whole is refused with exit status 3. */
export async function mergeCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  if (args.operands.length === 0) {
    const hint = 'For example: downforce merge .downforce/reports/gate-*-of-4.json';
    throw new ExpectedError('usage', '`downforce merge` takes the reports of all parts.', hint);
  }
  const read = args.operands.map((file) => readPart(file, streams.cwd));
  const unread = read.filter((part) => typeof part === 'string');
  if (unread.length > 0) throw refused(unread);
  const engine = await openEngine(openOptions(args, streams), signal);
  const parts = read.filter((part) => typeof part !== 'string');
  const faults = findFaults(parts, engine.digest);
  const [first] = parts;
  if (faults.length > 0 || first === undefined) throw refused(faults);
  const { command, result, shard } = first;
  const joined = joinParts(parts);
  const error = mergeError(joined, command);
  const ok = isMergeOk(joined, command);
  const draft = {
    command: 'downforce merge',
    ok,
    scope: result.scope,
    results: joined.results,
    nextActions: mergeActions(joined, command, ok),
    ...(joined.mutation === undefined ? {} : { mutation: joined.mutation }),
    ...(error === undefined ? {} : { error }),
  };
  const told = publish(draft, 'merge', engine.store, args, streams);
  if (joined.document !== undefined) publishMutation(joined.document, engine);
  const status = mergeExitStatus(joined, ok);
  const tree = treeDigest(engine);
  const isOurs = tree.kind === 'digest' && tree.value === shard.tree;
  if (command === 'downforce gate' && isOurs && error === undefined && status !== 3) recordGate(told, tree, engine);
  return status;
}

/** A report, or why the file holds none. */
function readPart(file: string, cwd: string): PartReport | string {
  const path = resolve(cwd, file);
  const name = relative(cwd, path);
  try {
    const { data, error } = envelopeSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return data === undefined
      ? `${name} is no report: ${error.issues[0]?.message ?? 'its shape is another'}`
      : toPart(name, data);
  } catch (error) {
    return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function refused(faults: readonly string[]): ExpectedError {
  return new ExpectedError(
    'merge/refused',
    faults.join('\n'),
    'Give the reports of all parts of one run, each once.',
    3,
  );
}
