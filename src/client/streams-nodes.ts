import type { FolderState } from '../protocol/lsp.ts';
import type { Collision, Overlap, PlannedStream, PlanProblem, StreamPlan, StreamState } from '../protocol/streams.ts';
import type { FolderStreams } from './streams-model.ts';

interface In {
  readonly state: FolderState;
}

export type StreamNode =
  | { readonly kind: 'folder'; readonly folder: FolderStreams }
  | (In & { readonly kind: 'collision'; readonly collision: Collision })
  | (In & { readonly kind: 'file'; readonly path: string })
  | (In & { readonly kind: 'started'; readonly stream: StreamState })
  | (In & { readonly kind: 'plan'; readonly plan: StreamPlan; readonly streams: readonly StreamState[] })
  | (In & {
      readonly kind: 'batch';
      readonly index: number;
      readonly plan: StreamPlan;
      readonly streams: readonly StreamState[];
    })
  | (In & {
      readonly kind: 'planned';
      readonly stream: PlannedStream;
      readonly plan: StreamPlan;
      readonly started: StreamState | undefined;
    })
  | (In & { readonly kind: 'overlap'; readonly overlap: Overlap; readonly other: string })
  | (In & { readonly kind: 'plan-problem'; readonly plan: StreamPlan; readonly problem: PlanProblem })
  | { readonly kind: 'note'; readonly text: string; readonly hint: string };

/** Collisions on top, then what was started, then the plan; folders only where there are several. */
export function rootsOf(folders: readonly FolderStreams[]): StreamNode[] {
  const [only, ...more] = folders;
  if (only === undefined) return [];
  return more.length > 0 ? folders.map((folder) => ({ kind: 'folder', folder })) : inFolder(only);
}

export function childrenOf(node: StreamNode): StreamNode[] {
  switch (node.kind) {
    case 'folder':
      return inFolder(node.folder);
    case 'collision':
      return node.collision.files.map((path) => ({ kind: 'file', state: node.state, path }));
    case 'plan':
      return inPlan(node);
    case 'batch':
      return inBatch(node);
    case 'planned':
      return overlapsOf(node);
    default:
      return [];
  }
}

function inFolder({ state, view, problem }: FolderStreams): StreamNode[] {
  if (problem !== undefined) return [{ kind: 'note', text: problem.message, hint: problem.hint }];
  if (view === undefined) return [];
  const { collisions, streams, plan } = view;
  return [
    ...collisions.map((collision): StreamNode => ({ kind: 'collision', state, collision })),
    ...streams.map((stream): StreamNode => ({ kind: 'started', state, stream })),
    ...(plan === undefined ? [] : [{ kind: 'plan' as const, state, plan, streams }]),
  ];
}

function inPlan({ state, plan, streams }: Extract<StreamNode, { kind: 'plan' }>): StreamNode[] {
  return [
    ...plan.problems.map((problem): StreamNode => ({ kind: 'plan-problem', state, plan, problem })),
    ...plan.batches.map((_, index): StreamNode => ({ kind: 'batch', state, index, plan, streams })),
  ];
}

function inBatch({ state, index, plan, streams }: Extract<StreamNode, { kind: 'batch' }>): StreamNode[] {
  const ids = plan.batches[index] ?? [];
  return ids.flatMap((id): StreamNode[] => {
    const stream = plan.streams.find((one) => one.id === id);
    const started = streams.find((one) => one.id === id && one.plan === plan.file);
    return stream === undefined ? [] : [{ kind: 'planned', state, stream, plan, started }];
  });
}

function overlapsOf({ state, stream, plan }: Extract<StreamNode, { kind: 'planned' }>): StreamNode[] {
  const own = plan.overlaps.filter(({ a, b }) => a === stream.id || b === stream.id);
  return own.map((overlap) => {
    const id = overlap.a === stream.id ? overlap.b : overlap.a;
    const other = plan.streams.find((one) => one.id === id)?.title ?? id;
    return { kind: 'overlap', state, overlap, other };
  });
}
