import type { Problem } from '../protocol/lsp.ts';
import type { HarnessClient } from './harness-client.ts';

/** What something is done with. */
export interface RelayTarget {
  readonly client: HarnessClient;
  /** Of the folder. */
  readonly uri: string;
  /** Absolute, of the repository; undefined where there is none. */
  readonly root: string | undefined;
}

/** `taken`: the prompt went somewhere. A `text` that is empty says that the person thought better of it. */
export type Acted = { readonly text: string; readonly taken: boolean } | { readonly problem: Problem };

export const CANCELLED: Acted = { text: '', taken: false };

/** Takes the prompt, and says in `text` where it went. */
export type Take = (how: (prompt: string) => Promise<string>) => Promise<Acted>;
