import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DecisionFile } from '../engine/decisions/new-decision.ts';
import { type DecisionPlace, decisionPlace, withRecords } from '../engine/decisions/places.ts';
import { decisionFile } from '../engine/decisions/write-decision.ts';
import { ExpectedError } from '../engine/errors.ts';
import { nearestWord } from '../engine/nearest-word.ts';
import { redactedIn } from '../engine/relay/redact.ts';
import { detectScopes } from '../engine/scopes/detect-scopes.ts';
import type { ScopeMap } from '../engine/scopes/scope.ts';
import type { Engine } from '../engine/survey.ts';
import { withLock } from '../platform/file-lock.ts';
import { redactSecrets } from '../platform/secrets.ts';
import { insideOf, isThere, unwritable, writeInside } from './write-inside.ts';

export interface DecisionRequest {
  readonly text: string;
  /** Ids of scopes it governs; empty for those that the change touches. */
  readonly scopes: readonly string[];
}

export interface WrittenDecision {
  /** Relative to the root. */
  readonly file: string;
  /** Empty where it governs all. */
  readonly scopes: readonly string[];
}

/**
 * Writes a decision down where the repository keeps them; of several at once none is lost and none takes another's number.
 * @throws ExpectedError where there is nothing to write, it holds a secret, a scope is none, or the place is out of the repository.
 */
export async function writeDecision(
  engine: Engine,
  { text, scopes: wanted }: DecisionRequest,
  signal?: AbortSignal,
): Promise<WrittenDecision> {
  const map = detectScopes(engine.tree, engine.languages, engine.config);
  const scopes = wanted.length > 0 ? wanted.map((id) => known(id, map)) : touched(engine, map);
  const place = decisionPlace(engine.tree, engine.config.decisions);
  const decision = { text, scopes: [...new Set(scopes)], date: engine.clock.date().slice(0, 10) };
  const compose = (): DecisionFile =>
    decisionFile(decision, asItStands(place, engine.root), (file) => readInside(engine.root, file));
  // What cannot be written down is told before anything is made.
  const { file } = compose();
  await refuseSecrets(text);
  const locked = await inTurn(engine.root, file, signal, () => {
    const written = compose();
    writeInside(engine.root, written);
    return written.file;
  });
  return { file: locked, scopes };
}

/** It would be committed, and shown to whoever touches its scopes. */
async function refuseSecrets(text: string): Promise<void> {
  const [clean = text] = await redactSecrets([text]);
  if (clean === text) return;
  const kinds = [...redactedIn(clean).keys()].join(', ');
  throw new ExpectedError(
    'decide/secret',
    `The decision holds what looks like a secret: ${kinds}.`,
    'Say it without: the file is meant to be committed.',
  );
}

/** With the records of a folder that came since the tree was read, or that git does not show. */
function asItStands(place: DecisionPlace, root: string): DecisionPlace {
  if (place.kind === 'file') return place;
  const folder = insideOf(root, place.folder);
  return withRecords(place, existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : []);
}

async function inTurn(root: string, file: string, signal: AbortSignal | undefined, act: () => string): Promise<string> {
  const folder = dirname(insideOf(root, file));
  try {
    mkdirSync(folder, { recursive: true });
    const done = await withLock(join(folder, '.downforce-decide.lock'), act, signal);
    if (done !== undefined) return done.value;
  } catch (error) {
    if (error instanceof ExpectedError || signal?.aborted === true) throw error;
    throw unwritable(file, error);
  }
  throw unwritable(file, new Error('another process is writing to its folder all the time'));
}

function known(id: string, map: ScopeMap): string {
  if (map.get(id) !== undefined) return id;
  const ids = map.scopes.map((scope) => scope.id);
  const near = nearestWord(id, ids);
  const hint = near === undefined ? `There are: ${ids.slice(0, 20).join(', ')}.` : `Did you mean ${near}?`;
  throw new ExpectedError('usage/scope', `There is no scope "${id}" in this repository.`, hint);
}

/** Where the change lies in no scope, or there is none, it is about all of the repository. */
function touched({ change }: Engine, map: ScopeMap): readonly string[] {
  return [...new Set(change.files.flatMap(({ path }) => map.of(path)?.id ?? []))].sort();
}

function readInside(root: string, file: string): string | undefined {
  const path = insideOf(root, file);
  if (!isThere(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unwritable(file, error);
  }
}
