import { posix, relative, resolve, sep } from 'node:path';
import { ExpectedError } from '../engine/errors.ts';
import { nearestWord } from '../engine/nearest-word.ts';
import { type Explanation, explainCheck, explainCode, explainPath } from '../engine/report/explain.ts';
import { explainFinding, explainMutant } from '../engine/report/explain-reported.ts';
import { readLastReports } from '../engine/report/last-reports.ts';
import { type Engine, type Survey, survey } from '../engine/survey.ts';
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
      '`downforce explain` takes one path, check, finding code, fingerprint or mutant.',
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
    (await explainReported(subject, engine));
  if (explained !== undefined) return explained;
  throw notFound(subject, found);
}

/** A path as typed in the current folder, relative to the root; undefined outside it. */
function pathOf(subject: string, engine: Engine, streams: Streams): string | undefined {
  const path = relative(engine.root, resolve(streams.cwd, subject)).split(sep).join('/');
  return path === '' || path.startsWith('../') ? undefined : path;
}

/** Something of the last reports, by its id, its fingerprint or the beginning of either. */
async function explainReported(id: string, engine: Engine): Promise<Explanation | undefined> {
  if (!/^(m-)?[0-9a-f]{6,16}$/.test(id)) return undefined;
  const { findings, mutants } = await readLastReports(engine.store);
  const mutant = mutants.find((candidate) => candidate.id.startsWith(id));
  if (mutant !== undefined) return explainMutant(mutant);
  const finding = findings.find((candidate) => candidate.fingerprint.startsWith(id));
  return finding === undefined ? undefined : explainFinding(finding);
}

function notFound(subject: string, found: Survey): ExpectedError {
  const ids = found.checks.map((check) => check.id);
  const near = nearestWord(subject, [...ids, ...found.graph.paths.slice(0, 20_000)]);
  const hint = near === undefined ? `Checks here: ${ids.join(', ') || 'none'}.` : `Did you mean ${near}?`;
  return new ExpectedError(
    'usage/subject',
    `"${subject}" is no path, check, finding or mutant of this repository.`,
    hint,
  );
}
