import type { Edit, Mutable, Spelling } from './mutable.ts';

/** One way of breaking a program in one place. */
export interface Operator {
  /** As in reports and in the configuration: `comparison-boundary`. */
  readonly name: string;
  /** For a person, one line: `< becomes <=, and the like`. */
  readonly description: string;
  /** Edits that each make one mutant, the most telling first; the text is the whole file's. */
  mutate(mutable: Mutable, text: string, spelling: Spelling): readonly Edit[];
}
