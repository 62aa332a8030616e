import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Collision, StartedStream, StreamPlan, StreamState } from '../../src/protocol/streams.ts';
import { runCli } from './command-line.ts';
import { type Repository, repositoryIn, temporaryFolder } from './repository.ts';

/** A repository in a folder with a blank and an umlaut in its name, on branch `main`; what is made beside it goes with it. */
export function createProject(files: Readonly<Record<string, string>>, name = 'größe repo'): Repository {
  const dir = join(temporaryFolder(), name);
  mkdirSync(dir);
  const repository = repositoryIn(dir);
  repository.git('init', '--quiet', '--initial-branch=main');
  repository.commit(files);
  return repository;
}

export interface Said {
  readonly status: number | null;
  readonly ok: boolean;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | undefined;
  readonly streams: {
    readonly plan?: never;
    readonly stream: StartedStream;
    readonly setup: { readonly ok: boolean; readonly text: string } | null;
    readonly notes: readonly string[];
    readonly prompt: string;
    readonly streams: readonly StreamState[];
    readonly collisions: readonly Collision[];
    readonly worktrees: readonly { readonly name: string }[];
    readonly removed: string;
    readonly would_lose: readonly string[];
  } & StreamPlan;
}

/** `downforce streams …` as from a pipe. */
export async function streams(dir: string, ...argv: string[]): Promise<Said> {
  const { status, stdout } = await runCli(dir, ['streams', ...argv, '--json']);
  const { ok, error, result } = JSON.parse(stdout);
  return { status, ok, error, streams: result?.streams };
}

/** Starts a stream; where it runs. */
export async function start(dir: string, id: string): Promise<Repository> {
  const { streams: told, error } = await streams(dir, 'start', 'PLAN.md', id);
  if (told?.stream === undefined) throw new Error(JSON.stringify(error));
  return repositoryIn(told.stream.worktree);
}

/** `kind a b: files (names)` of each, the worst first. */
export async function collisionsIn(dir: string): Promise<readonly string[]> {
  const { streams: told, error } = await streams(dir, 'check');
  if (told === undefined) throw new Error(JSON.stringify(error));
  return told.collisions.map(
    ({ kind, a, b, files, names }) =>
      `${kind} ${a} ${b}: ${files.join(' ')}${names.length > 0 ? ` (${names.join()})` : ''}`,
  );
}

/** `id status` of each. */
export async function statesIn(dir: string): Promise<readonly string[]> {
  const { streams: told } = await streams(dir, 'list');
  return told.streams.map(({ id, status }) => `${id} ${status}`);
}
