import type { Edit } from './mutable.ts';

/** Whether a text is the same program with the edit as without, so that no test could tell. In doubt it is not. */
export type Equivalence = (path: string, text: string, mutant: { readonly edit: Edit }) => boolean;
