import { ExpectedError } from '../engine/errors.ts';
import { nearestWord } from '../engine/nearest-word.ts';
import { readRegistry } from '../engine/streams/registry.ts';
import type { Engine } from '../engine/survey.ts';
import { plural } from '../engine/text.ts';
import { plumb } from '../platform/plumbing.ts';
import { lossesInSubmodules } from '../platform/submodules.ts';
import { worktreeStatus } from '../platform/worktree-status.ts';
import { removeWorktree, type Worktree } from '../platform/worktrees.ts';
import type { StartedStream } from '../protocol/streams.ts';
import { forgetSetup, openHome, updateStreams } from './streams-home.ts';

export type Removal =
  | { readonly kind: 'removed'; readonly branchDeleted: boolean; readonly says: string }
  /** Nothing was taken away: what would be lost, a line each. */
  | { readonly kind: 'would-lose'; readonly losses: readonly string[] };

/**
 * Takes a stream's working tree away, and its branch. Where that would lose anything it is refused with what, unless that was
 * confirmed.
 * @throws ExpectedError where there is no such stream.
 */
export async function removeStream(
  engine: Engine,
  id: string,
  confirmed: boolean,
  warn: (text: string) => void,
  signal?: AbortSignal,
): Promise<Removal> {
  const home = await openHome(engine.root, warn, signal);
  const streams = await readRegistry(home.store);
  const stream = streams.find((one) => one.id === id);
  if (stream === undefined) throw unknown(id, streams);
  const worktree = home.worktrees.find((one) => one.dir === stream.worktree);
  if (worktree?.main === true || worktree?.dir === engine.root)
    throw new ExpectedError(
      'streams/here',
      `${stream.worktree} is where you are.`,
      'Remove it from another working tree of the repository.',
    );
  const losses = await lossesOf(home.root, stream, worktree, signal);
  if (losses.length > 0 && !confirmed) return { kind: 'would-lose', losses };
  if (worktree !== undefined) await removeWorktree(home.root, worktree, signal);
  const branchDeleted = await deleteBranch(home.root, stream.branch, signal);
  await updateStreams(home, (list) => list.filter((one) => one.id !== id));
  forgetSetup(home.store, id);
  const says = branchDeleted
    ? `${stream.worktree} and the branch ${stream.branch} are gone.`
    : `${stream.worktree} is gone.`;
  return { kind: 'removed', branchDeleted, says };
}

function unknown(id: string, streams: readonly StartedStream[]): ExpectedError {
  const ids = streams.map((one) => one.id);
  const near = nearestWord(id, ids);
  const hint = near === undefined ? `Started: ${ids.join(', ') || 'none'}.` : `Did you mean ${near}?`;
  return new ExpectedError('streams/unknown', `No stream "${id}" was started here.`, hint);
}

const MAX_NAMED = 20;

/** What is nowhere else: files that are not committed, commits that no other branch has. */
async function lossesOf(
  root: string,
  stream: StartedStream,
  worktree: Worktree | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const losses: string[] = [];
  if (worktree !== undefined && !worktree.gone) {
    if (worktree.locked !== undefined)
      losses.push(`it is locked${worktree.locked === '' ? '' : `: ${worktree.locked}`}`);
    const { dirty, operation } = await worktreeStatus(worktree.dir, signal);
    if (operation !== undefined) losses.push(`a ${operation} that is under way`);
    losses.push(...named(dirty, 'not committed'));
    const within = await lossesInSubmodules(worktree.dir, signal);
    losses.push(...named(within.dirty, 'not committed, in a submodule'));
    losses.push(...named(within.commits, 'commit of a submodule that no remote has'));
    losses.push(...named(await ignoredFiles(worktree.dir, signal), 'ignored by git'));
  }
  const tips = [...new Set([`refs/heads/${stream.branch}`, worktree?.head ?? ''])].filter((tip) => tip !== '');
  const commits = new Set<string>();
  for (const tip of tips) for (const line of await onlyOn(root, tip, stream.branch, signal)) commits.add(line);
  losses.push(...named([...commits], 'commit on no other branch'));
  return losses;
}

function named(things: readonly string[], what: string): readonly string[] {
  const lines = things.slice(0, MAX_NAMED).map((thing) => `${thing} (${what})`);
  const rest = things.length - lines.length;
  return rest > 0 ? [...lines, `${plural(rest, 'more')} (${what})`.replace('mores', 'more')] : lines;
}

/** What tools make again by themselves. */
const MADE =
  /(^|\/)(node_modules|\.downforce|\.venv|venv|__pycache__|\.(mypy|pytest|ruff)_cache|\.tox|target|dist|build|out|coverage|\.next|\.nuxt|\.cache|\.turbo|\.gradle|[^/]*\.egg-info|\.coverage|\.DS_Store|[^/]*\.(pyc|log|tsbuildinfo))\/?$/;

/** A local `.env` is in no commit: what git was told to overlook and no tool makes again. */
async function ignoredFiles(dir: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const options = ['--others', '--ignored', '--exclude-standard', '--directory', '-z'];
  const answer = await plumb(dir, ['ls-files', ...options], {}, signal);
  const paths = answer.stdout.toString('utf8').split('\0');
  return paths.filter((path) => path !== '' && !MADE.test(path));
}

/** `a1b2c3d subject` of each commit that no branch but the given one has, here or at a remote. */
async function onlyOn(
  root: string,
  tip: string,
  branch: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const others = [`--exclude=${branch}`, '--branches', '--remotes', '--tags'];
  const answer = await plumb(root, ['log', '--format=%h %s', '-z', tip, '--not', ...others, '--'], {}, signal);
  return answer.code === 0
    ? answer.stdout
        .toString('utf8')
        .split('\0')
        .filter((line) => line !== '')
    : [];
}

/** A stream's own branch, as `start` names it: the list could name any. One that is checked out elsewhere stays. */
const OWN = /^stream[/-]/;

async function deleteBranch(root: string, branch: string, signal: AbortSignal | undefined): Promise<boolean> {
  if (!OWN.test(branch)) return false;
  return (await plumb(root, ['branch', '--quiet', '-D', '--', branch], {}, signal)).code === 0;
}
