import { posix, relative, resolve, sep } from 'node:path';
import { ExpectedError } from '../engine/errors.ts';
import { type Engine, type Survey, survey } from '../engine/loop.ts';
import { nearestWord } from '../engine/nearest-word.ts';
import { type Explanation, explainCheck, explainCode, explainPath } from '../engine/report/explain.ts';
import { openEngine } from '../harness/open-engine.ts';
import { printAnswer } from './answer.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import type { Streams } from './streams.ts';

/** Says why a path or a check is in play, or what a finding means. */
export async function explainCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const subject = args.operands[0];
  if (subject === undefined || args.operands.length > 1) {
    throw new ExpectedError(
      'usage',
      '`downforce explain` takes one path, check, finding code or fingerprint.',
      'For example: downforce explain src/index.ts',
    );
  }
  const explanation = explainCode(subject) ?? (await explainHere(subject, args, streams, signal));
  const lines = [explanation.subject, ...explanation.lines.map((line) => `  ${line}`)];
  printAnswer({ command: 'downforce explain', ok: true, result: explanation, lines, nextActions: [] }, args, streams);
  return 0;
}

async function explainHere(
  subject: string,
  args: Arguments,
  streams: Streams,
  signal: AbortSignal,
): Promise<Explanation> {
  const engine = await openEngine(openOptions(args, streams), signal);
  const found = await survey(engine);
  const check = found.checks.find((candidate) => candidate.id === subject);
  if (check !== undefined) return explainCheck(check, found, '<scratch>');
  const path = pathOf(subject, engine, streams);
  const explained =
    (path === undefined ? undefined : explainPath(path, found)) ??
    explainPath(posix.normalize(subject), found) ??
    (await explainFinding(subject, engine));
  if (explained !== undefined) return explained;
  throw notFound(subject, found);
}

/** A path as typed in the current folder, relative to the root; undefined outside it. */
function pathOf(subject: string, engine: Engine, streams: Streams): string | undefined {
  const path = relative(engine.root, resolve(streams.cwd, subject)).split(sep).join('/');
  return path === '' || path.startsWith('../') ? undefined : path;
}

async function explainFinding(fingerprint: string, engine: Engine): Promise<Explanation | undefined> {
  const text = engine.store.read('reports/loop.json');
  if (text === undefined || !/^[0-9a-f]{8,16}$/.test(fingerprint)) return undefined;
  const { envelopeSchema } = await import('../protocol/envelope.ts');
  const report = envelopeSchema.safeParse(JSON.parse(text));
  const findings = report.data?.result?.checks.flatMap((check) => check.findings ?? []) ?? [];
  const finding = findings.find((candidate) => candidate.fingerprint.startsWith(fingerprint));
  if (finding === undefined) return undefined;
  const at =
    finding.range === undefined
      ? finding.path
      : `${finding.path}:${finding.range.start.line}:${finding.range.start.column}`;
  const meaning = explainCode(finding.code)?.lines ?? [];
  return { subject: fingerprint, kind: 'finding', lines: [`${finding.code} at ${at}`, finding.message, ...meaning] };
}

function notFound(subject: string, found: Survey): ExpectedError {
  const ids = found.checks.map((check) => check.id);
  const near = nearestWord(subject, [...ids, ...found.graph.paths.slice(0, 20_000)]);
  const hint = near === undefined ? `Checks here: ${ids.join(', ') || 'none'}.` : `Did you mean ${near}?`;
  return new ExpectedError('usage/subject', `"${subject}" is no path, check or finding of this repository.`, hint);
}
