import { replacing, textOf } from '../edits.ts';
import { LEAVES_TYPE } from '../method-names.ts';
import type { Operator } from '../operator.ts';

export const methodRemoval: Operator = {
  name: 'method-removal',
  description: 'list.filter(f) becomes list; so do sort, reverse, trim',
  mutate(mutable, text, { language }) {
    if (mutable.kind !== 'call' || mutable.receiver === undefined || mutable.isNew) return [];
    // Where nobody uses the result, leaving out the call is another operator's.
    const { exchange, receiver, name, end } = mutable;
    if (exchange.form === 'statement' && exchange.start === mutable.start) return [];
    if (!LEAVES_TYPE[language].test(textOf(text, name))) return [];
    const closing = /^(?:\s*\))*/.exec(text.slice(receiver.end, name.start))?.[0].length ?? 0;
    return [replacing({ start: receiver.end + closing, end }, '')];
  },
};
