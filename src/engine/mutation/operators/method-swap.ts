import { replacing, textOf } from '../edits.ts';
import { OPPOSITES } from '../method-names.ts';
import type { Operator } from '../operator.ts';

/** Classes of a page's element are added and removed, not deleted. */
const NO_SET = /classList$|^(?:list|this)$/;

export const methodSwap: Operator = {
  name: 'method-swap',
  description: 'min becomes max, startsWith becomes endsWith, some becomes every',
  mutate(mutable, text, { language }) {
    if (mutable.kind !== 'call' || mutable.isNew) return [];
    const name = textOf(text, mutable.name);
    const names = OPPOSITES[language];
    const opposite = Object.hasOwn(names, name) ? names[name] : undefined;
    if (opposite === undefined) return [];
    const { receiver } = mutable;
    // A function of that name that the file defines itself may have no opposite.
    if (receiver === undefined && !/^(?:min|max|any|all)$/.test(name)) return [];
    if (/^add$/.test(name) && (receiver === undefined || NO_SET.test(textOf(text, receiver)))) return [];
    return [replacing(mutable.name, opposite)];
  },
};
