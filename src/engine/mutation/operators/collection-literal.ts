import { replacing, textOf } from '../edits.ts';
import type { Edit, Mutable, Spelling } from '../mutable.ts';
import type { Operator } from '../operator.ts';

export const collectionLiteral: Operator = {
  name: 'collection-literal',
  description: '[a, b] becomes [], {a: 1} becomes {}, [] becomes ["downforce"]',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'collection') return [];
    return mutable.elements.length === 0 ? filled(mutable, text, spelling) : emptied(mutable, text, spelling);
  },
};

type Collection = Extract<Mutable, { kind: 'collection' }>;

/** How many a tuple has is its type; `{}` is no set in Python, and what a Rust list without elements holds is not known. */
function emptied(mutable: Collection, text: string, { language }: Spelling): readonly Edit[] {
  if (mutable.of === 'tuple') return [];
  if (language === 'python' && mutable.of === 'set') return [replacing(mutable, 'set()')];
  if (language === 'rust' && !textOf(text, mutable).startsWith('vec!')) return [];
  return [replacing(mutable.content, '')];
}

function filled(mutable: Collection, text: string, { language }: Spelling): readonly Edit[] {
  const untyped = /^(?:typescript|javascript|python)$/.test(language);
  if (!untyped || mutable.of !== 'list' || textOf(text, mutable.content).trim() !== '') return [];
  return [replacing(mutable.content, language === 'python' ? "'downforce'" : '"downforce"')];
}
