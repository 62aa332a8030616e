import type { Curation, RelayAction } from '../../protocol/relay.ts';
import type { Model } from './model.ts';
import type { Word } from './words.ts';

/** What may be changed here without the hand-off being another. */
export type Arrangement = Partial<Pick<Model, 'tab' | 'open' | 'editing' | 'comparing' | 'dropOrderOpen' | 'said'>>;

export interface Change {
  /** For the live region. */
  readonly said?: string;
  /** Typing goes on: it is sent once it rests. */
  readonly typing?: boolean;
  /** Name of what has the focus afterwards. */
  readonly focus?: string;
}

/** What a part of the panel needs to draw itself and to tell what a person did. */
export interface Ui {
  readonly model: Model;
  say(word: Word, ...args: readonly (string | number)[]): string;
  /** With the separators of the person's language. */
  figure(value: number): string;
  time(iso: string): string;
  curate(decide: (curation: Curation) => Curation, how?: Change): void;
  arrange(arrangement: Arrangement, focus?: string): void;
  act(action: RelayAction): void;
  refresh(): void;
}
