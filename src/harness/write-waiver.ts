import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedError } from '../engine/errors.ts';
import { inspectAll } from '../engine/inspect.ts';
import { readLastReports } from '../engine/report/last-reports.ts';
import { type Engine, survey } from '../engine/survey.ts';
import { appendWaiver } from '../engine/waivers/append-waiver.ts';
import { findFinding } from '../engine/waivers/find-finding.ts';
import { findMutant } from '../engine/waivers/find-mutant.ts';
import type { Subject } from '../engine/waivers/subject.ts';
import { WAIVERS_FILE } from '../engine/waivers/waivers-name.ts';
import { Git } from '../platform/git.ts';
import type { Waiver } from '../protocol/waivers.ts';
import { readOwnFile } from './own-files.ts';

export interface WaiverRequest {
  /** Of a mutant or a finding, or the beginning of it. */
  readonly id: string;
  readonly reason: string;
  /** Who says so; undefined for whom git knows. */
  readonly as: string | undefined;
}

export interface WrittenWaiver {
  /** Relative to the root. */
  readonly file: string;
  readonly waiver: Waiver;
}

const MIN_REASON = 10;

/**
 * Writes a person's word into `downforce.waivers.jsonc`, bound to the code as it stands.
 * @throws ExpectedError where there is nothing of that id to waive, or no reason.
 */
export async function writeWaiver(
  engine: Engine,
  { id, reason, as }: WaiverRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<WrittenWaiver> {
  if (reason.trim().length < MIN_REASON) {
    const hint = 'For example: downforce waive m-0123456789 --reason "both bounds give the same page"';
    throw new ExpectedError('waive/reason', `A waiver says why, in at least ${MIN_REASON} characters.`, hint);
  }
  const subject = await findSubject(id, engine, signal);
  const who = as?.trim() || (await gitUser(engine.root, signal));
  const waiver = { ...subject, reason: reason.trim(), who, when: engine.clock.date().slice(0, 10) };
  append(engine.root, waiver);
  return { file: WAIVERS_FILE, waiver };
}

async function findSubject(id: string, engine: Engine, signal: AbortSignal): Promise<Subject> {
  const { tree, digest, store } = engine;
  const textOf = (path: string): string | undefined => tree.read(path);
  const isMutant = id.startsWith('m-');
  if (id.length < 6) throw refused(`${id} is too short to say what is meant`);
  const reported = await readLastReports(store);
  const result = isMutant
    ? findMutant(id, reported.mutants, textOf, digest)
    : findFinding(id, await inspectAll(engine, await survey(engine), signal), reported.findings, textOf, digest);
  switch (result.kind) {
    case 'found':
      return result.subject;
    case 'refused':
      throw refused(result.why);
    case 'none':
      throw refused(isMutant ? `no report knows a mutant ${id}` : `no guard has a finding ${id} now`);
    default:
      return result satisfies never;
  }
}

function refused(why: string): ExpectedError {
  const hint = '`downforce mutate` and `downforce loop` name what there is to waive, as it is now.';
  return new ExpectedError('waive/refused', `${why.charAt(0).toUpperCase()}${why.slice(1)}.`, hint);
}

async function gitUser(root: string, signal: AbortSignal): Promise<string> {
  const git = new Git(root, signal);
  const [name, email] = await Promise.all([git.try('config', 'user.name'), git.try('config', 'user.email')]);
  const person = [name?.trim() ?? '', email === undefined || email.trim() === '' ? '' : `<${email.trim()}>`];
  const who = person.filter((part) => part !== '').join(' ');
  if (who !== '') return who;
  throw new ExpectedError('waive/who', 'git does not know who you are.', 'Say it: --as "NAME <EMAIL>".');
}

/** Atomic: a reader sees the old list or the new one. */
function append(root: string, waiver: Waiver): void {
  const text = appendWaiver(readOwnFile(root, WAIVERS_FILE), waiver);
  const file = join(root, WAIVERS_FILE);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new ExpectedError(
      'waive/write',
      `${WAIVERS_FILE} could not be written: ${why}`,
      'Make the folder writable.',
      3,
    );
  }
}
