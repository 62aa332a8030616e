import { removing } from '../edits.ts';
import type { Operator } from '../operator.ts';

export const awaitRemoval: Operator = {
  name: 'await-removal',
  description: 'await a becomes a',
  mutate(mutable, text, { language }) {
    // What is not awaited has another type: Rust would not compile it.
    if (mutable.kind !== 'await' || language === 'rust' || !text.startsWith('await', mutable.start)) return [];
    return [removing(text, { start: mutable.start, end: mutable.start + 'await'.length })];
  },
};
