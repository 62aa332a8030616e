import { z } from 'zod';
import type { NotificationOf, Problem, RequestOf } from './lsp.ts';

/** In the order in which a hand-off has them where nobody says otherwise. */
export const SECTIONS = ['stands', 'done', 'remains', 'constraints', 'verify', 'look'] as const;
export const sectionIdSchema = z.enum(SECTIONS);
export type SectionId = z.infer<typeof sectionIdSchema>;

/** Where what is said comes from: only what the harness measured is a fact. */
export type Origin = 'harness' | 'git' | 'repository' | 'agent';

/** One thing that a hand-off says. */
export interface RelayItem {
  /** The same as long as it speaks of the same thing: `check:test:core`, `file:src/a.ts`. */
  readonly id: string;
  /** Markdown without a bullet, usually one line; text of the repository in it is already quoted. */
  readonly text: string;
  readonly origin: Origin;
  /** Short digest of the tree it is true of; undefined where it is of no one tree (history, a rule). */
  readonly tree: string | undefined;
  /** The tree has changed since: it may no longer hold. */
  readonly stale: boolean;
  /** What the harness knows against it, where an agent claims it. */
  readonly contradicted: string | undefined;
  /** Of two the smaller is given up first where there is no room. */
  readonly weight: number;
}

export interface RelaySection {
  readonly id: SectionId;
  readonly items: readonly RelayItem[];
}

/** What the harness can say of the work as it stands, before a person has chosen. */
export interface Handoff {
  readonly tree: string;
  readonly branch: string | undefined;
  readonly head: string | undefined;
  readonly base: string | undefined;
  /** ISO 8601. */
  readonly at: string;
  readonly sections: readonly RelaySection[];
}

const editSchema = z.object({
  text: z.string(),
  /** Digest of the generated text that the person had before them. */
  basis: z.string(),
});

/** What a person decided; kept in `.downforce/relay/curation.json`. A refresh never touches it. */
export const curationSchema = z.object({
  order: z.array(sectionIdSchema),
  off: z.array(sectionIdSchema),
  /** Ids of single items left out. */
  without: z.array(z.string()),
  /** By section; replaces what is generated. */
  edits: z.partialRecord(sectionIdSchema, editSchema),
  /** What is given up first where the budget is exceeded. */
  dropOrder: z.array(sectionIdSchema),
  /** Tokens. */
  budget: z.number().int().min(200).max(1_000_000),
  /** The present session's own words, as pasted. */
  draft: z.string(),
});
export type Curation = Readonly<z.infer<typeof curationSchema>>;

export interface RenderedSection {
  readonly id: SectionId;
  readonly title: string;
  readonly on: boolean;
  /** Markdown as it stands in the prompt, without its heading. */
  readonly text: string;
  readonly tokens: number;
  /** A person wrote this text. */
  readonly edited: boolean;
  /** What would be generated now, where a person's text stands and it is no longer what they saw. */
  readonly newer: string | undefined;
  /** Digest of what would be generated now: the `basis` of an edit that begins here. */
  readonly basis: string;
  readonly items: readonly (RelayItem & { readonly kept: boolean; readonly dropped: boolean })[];
  /** Items given up for the budget. */
  readonly dropped: number;
}

export interface Redaction {
  /** `private key`, `AWS access key`. */
  readonly kind: string;
  readonly section: SectionId;
  readonly count: number;
}

/** A hand-off as the panel shows it. */
export interface RelayView {
  readonly handoff: Omit<Handoff, 'sections'>;
  readonly curation: Curation;
  readonly sections: readonly RenderedSection[];
  /** The whole prompt. */
  readonly markdown: string;
  readonly tokens: number;
  /** Tokens over the budget after everything that may be dropped was; 0 where it fits. */
  readonly over: number;
  readonly redactions: readonly Redaction[];
  /** Unified diff against the last hand-off that was taken; undefined where there is none. */
  readonly diff: string | undefined;
  /** ISO 8601, of the last one taken. */
  readonly lastAt: string | undefined;
}

/** Reads the harness's state again and renders it as curated. */
export const GetRelay: RequestOf<{ readonly uri: string }, RelayView | { readonly problem: Problem }> = {
  method: 'downforce/relay',
};
/** Keeps what the person decided and renders with it, without reading the state again. */
export const CurateRelay: RequestOf<
  { readonly uri: string; readonly curation: Curation },
  RelayView | { readonly problem: Problem }
> = { method: 'downforce/curateRelay' };
/** The prompt was copied, saved or opened: it becomes what the next is compared with. */
export const TakeRelay: RequestOf<
  { readonly uri: string },
  { readonly markdown: string } | { readonly problem: Problem }
> = { method: 'downforce/takeRelay' };
/** The prompt that asks the present session for its own draft. */
export const AskForDraft: RequestOf<
  { readonly uri: string },
  { readonly prompt: string } | { readonly problem: Problem }
> = { method: 'downforce/askForDraft' };
export interface DecideParams {
  readonly uri: string;
  readonly text: string;
  /** Scopes it governs; empty for those that the change touches. */
  readonly scopes: readonly string[];
}
/** Writes a decision down; answers with the file, relative to the root. */
export const Decide: RequestOf<DecideParams, { readonly file: string } | { readonly problem: Problem }> = {
  method: 'downforce/decide',
};

/** From the extension to the panel. */
export type ToRelayPanel =
  /** `edit`: the newest change of the panel's own that this has in it; older views never undo a newer change. */
  | { readonly type: 'view'; readonly view: RelayView; readonly edit: number }
  /** `action`: what could not be done; without one it is the state that could not be read. */
  | { readonly type: 'problem'; readonly problem: Problem; readonly action: RelayAction | undefined }
  | { readonly type: 'busy'; readonly busy: boolean }
  | { readonly type: 'done'; readonly action: RelayAction; readonly text: string };

export const RELAY_ACTIONS = ['copy', 'chat', 'terminal', 'save', 'worktree', 'ask'] as const;
export type RelayAction = (typeof RELAY_ACTIONS)[number];

/** From the panel to the extension; every one is answered by a `view`, a `done` or a `problem`. */
export const fromRelayPanelSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refresh') }),
  /** `edit` counts the panel's changes; the view that answers carries it. */
  z.object({ type: z.literal('curate'), curation: curationSchema, edit: z.number().int().min(0) }),
  z.object({ type: z.literal('action'), action: z.enum(RELAY_ACTIONS) }),
]);
export type FromRelayPanel = z.infer<typeof fromRelayPanelSchema>;

/** A hand-off is due for another look: the state it tells of has changed. */
export const RelayStale: NotificationOf<{ readonly uri: string }> = { method: 'downforce/relayStale' };
