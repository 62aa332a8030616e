import { plural } from '../engine/text.ts';
import type { Collision, Overlap, PlannedStream, StreamPlan, StreamState } from '../protocol/streams.ts';

const MAX_FILES = 4;

/** For a person: the batches with what each stream touches, why some are apart, what is wrong with the plan. */
export function planLines(plan: StreamPlan): readonly string[] {
  const { streams, batches, overlaps, problems } = plan;
  const find = (id: string): PlannedStream | undefined => streams.find((stream) => stream.id === id);
  const counts = `${plural(streams.length, 'stream')} in ${batches.length === 1 ? '1 batch' : `${batches.length} batches`}`;
  return [
    `${plan.file}: ${counts}`,
    ...batches.flatMap((batch, index) => [
      `batch ${index + 1}${batch.length > 1 ? ', side by side' : ''}`,
      ...batch.flatMap((id) => streamLines(find(id))),
    ]),
    ...(overlaps.length > 0 ? ['not at the same time', ...overlapLines(overlaps)] : []),
    ...(problems.length > 0
      ? ['problems', ...problems.map(({ line, message }) => `  ${plan.file}:${line} ${message}`)]
      : []),
  ];
}

function streamLines(stream: PlannedStream | undefined): readonly string[] {
  if (stream === undefined) return [];
  const { files, fresh, reaches, because } = stream.footprint;
  const shown = [...files, ...fresh.map((path) => `${path} (new)`)];
  const rest = shown.length > MAX_FILES ? ` and ${shown.length - MAX_FILES} more` : '';
  const touched = shown.length === 0 ? 'touches: not known' : `touches ${shown.slice(0, MAX_FILES).join(', ')}${rest}`;
  const reached = reaches.length > 0 ? `; ${plural(reaches.length, 'more file')} may depend on it` : '';
  return [
    `  ${stream.id.padEnd(28)} ${stream.title}`,
    `    ${touched}${reached}`,
    ...(because.length > 0 ? [`    known from ${because.slice(0, MAX_FILES).join('; ')}`] : []),
  ];
}

const MAX_OVERLAPS = 40;

function overlapLines(overlaps: readonly Overlap[]): readonly string[] {
  // What is said of one unknown stream is said once, not for each other.
  const texts = [...new Set(overlaps.map(({ text }) => text))];
  const rest = texts.length - MAX_OVERLAPS;
  return [...texts.slice(0, MAX_OVERLAPS).map((text) => `  ${text}`), ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

const SIGN: Readonly<Record<StreamState['status'], string>> = {
  'setting-up': '…',
  idle: '○',
  working: '●',
  red: '✗',
  conflict: '!',
  ready: '✓',
  gone: '–',
};

export function stateLines(states: readonly StreamState[]): readonly string[] {
  if (states.length === 0) return ['No stream was started. `downforce streams plan PLAN.md` says what could be.'];
  return states.flatMap((state) => {
    const { id, status, ahead, behind, dirtyFiles, branch, worktree, says, needsYou } = state;
    const counts = [`${ahead} ahead`, `${behind} behind`, ...(dirtyFiles > 0 ? [`${dirtyFiles} not committed`] : [])];
    return [
      `${SIGN[status]} ${id.padEnd(28)} ${status.padEnd(10)} ${counts.join(', ')}${needsYou ? '  needs you' : ''}`,
      `    ${says}`,
      `    ${branch} in ${worktree}`,
    ];
  });
}

export function collisionLines(
  collisions: readonly Collision[],
  worktrees: readonly { readonly name: string; readonly uncommitted: number }[],
  notes: readonly string[],
): readonly string[] {
  const names = worktrees.length === 0 ? '' : `: ${worktrees.map(({ name }) => name).join(', ')}`;
  const looked = `looked at ${plural(worktrees.length, 'working tree')}${names}`;
  const told = collisions.flatMap(({ kind, text, files }) => [
    `${kind.padEnd(8)} ${text}`,
    ...files.slice(0, 20).map((path) => `    ${path}`),
  ]);
  return [looked, ...(told.length === 0 ? ['nothing collides'] : told), ...notes];
}
