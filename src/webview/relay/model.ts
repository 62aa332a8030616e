import type { Problem } from '../../protocol/lsp.ts';
import type { Curation, RelayAction, RelayView, SectionId, ToRelayPanel } from '../../protocol/relay.ts';

export const TABS = ['preview', 'changes', 'draft'] as const;
export type Tab = (typeof TABS)[number];

/** All that the panel shows. What the person did last is never taken back by a view that does not know of it yet. */
export interface Model {
  readonly view: RelayView | undefined;
  /** What the person has decided here, until a view has it in it. */
  readonly pending: Curation | undefined;
  /** Counts the changes made here. */
  readonly edit: number;
  readonly busy: boolean;
  /** Of what was read, until it can be read; of what was to be done, until something else is. */
  readonly problem: (Problem & { readonly action: RelayAction | undefined }) | undefined;
  /** What is told by the live region, and shown beside the actions. */
  readonly said: string;
  readonly tab: Tab;
  /** Sections unfolded. */
  readonly open: readonly SectionId[];
  /** Sections whose text field is shown. */
  readonly editing: readonly SectionId[];
  /** Sections of which the difference to what is generated now is shown. */
  readonly comparing: readonly SectionId[];
  readonly dropOrderOpen: boolean;
}

export const EMPTY: Model = {
  view: undefined,
  pending: undefined,
  edit: 0,
  busy: true,
  problem: undefined,
  said: '',
  tab: 'preview',
  open: [],
  editing: [],
  comparing: [],
  dropOrderOpen: false,
};

export function curationOf(model: Model): Curation | undefined {
  return model.pending ?? model.view?.curation;
}

/** What the extension told. */
export function receive(model: Model, message: ToRelayPanel): Model {
  switch (message.type) {
    case 'view': {
      const pending = message.edit >= model.edit ? undefined : model.pending;
      const problem = model.problem?.action === undefined ? undefined : model.problem;
      return { ...model, view: message.view, pending, busy: false, problem };
    }
    case 'problem':
      return { ...model, problem: { ...message.problem, action: message.action }, busy: false, said: '' };
    case 'busy':
      return { ...model, busy: message.busy };
    case 'done':
      return { ...model, said: message.text, problem: undefined, busy: false };
    default:
      return message satisfies never;
  }
}

/** What the person decided; the same model where nothing came of it. */
export function change(model: Model, decide: (curation: Curation) => Curation, said = ''): Model {
  const curation = curationOf(model);
  if (curation === undefined) return model;
  const pending = decide(curation);
  return { ...acted(model), pending, edit: model.edit + 1, said };
}

/** The person went on: what is said of what they did before is over. */
export function acted(model: Model): Model {
  const problem = model.problem?.action === undefined ? model.problem : undefined;
  return { ...model, problem, said: '' };
}

/** A change of which it was not known, when it was kept, that the server has it; and what the server had then. */
export interface Unsent {
  readonly pending: Curation;
  readonly base: Curation;
}

export function unsentOf({ pending, view }: Model): Unsent | undefined {
  return pending === undefined || view === undefined ? undefined : { pending, base: view.curation };
}

/** After a reload. What is kept may be older than what the server has: then it is the server's that holds. */
export function resume(model: Model, unsent: Unsent | undefined): Model {
  if (unsent === undefined || model.pending !== undefined) return model;
  if (JSON.stringify(unsent.base) !== JSON.stringify(model.view?.curation)) return model;
  return { ...model, pending: unsent.pending, edit: model.edit + 1 };
}

export function toggled<T>(list: readonly T[], entry: T, on = !list.includes(entry)): readonly T[] {
  const rest = list.filter((other) => other !== entry);
  return on ? [...rest, entry] : rest;
}
