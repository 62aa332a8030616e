import { inParentheses, replacing, textOf } from '../edits.ts';
import type { ConditionOf, Spelling } from '../mutable.ts';
import type { Operator } from '../operator.ts';

/** A loop that is always entered never ends; a branch never taken is what an emptied one is. */
const OUTCOMES: Readonly<Record<ConditionOf, readonly boolean[]>> = {
  if: [true],
  guard: [true],
  ternary: [true, false],
  while: [false],
  for: [false],
  do: [false],
};

export const forcedCondition: Operator = {
  name: 'forced-condition',
  description: 'if (a) becomes if (true), while (a) becomes while (false)',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'condition') return [];
    const condition = textOf(text, mutable);
    if (condition === spelling.true || condition === spelling.false) return [];
    return OUTCOMES[mutable.of].map((outcome) => replacing(mutable, forced(condition, outcome, spelling)));
  },
};

function forced(condition: string, outcome: boolean, { language, and, or, true: yes, false: no }: Spelling): string {
  // Go refuses variables that nothing uses, Java a loop that is seen never to run: so the condition stays.
  if (language === 'go' || language === 'java')
    return `${inParentheses(condition)} ${outcome ? `${or} ${yes}` : `${and} ${no}`}`;
  return outcome ? yes : no;
}
