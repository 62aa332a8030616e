import { outerOperators, parenthesized, replacing, standsAlone, swapToken, textOf } from '../edits.ts';
import type { Edit, Mutable } from '../mutable.ts';
import type { Operator } from '../operator.ts';
import { holdsString } from '../strings.ts';

const SWAPS: Readonly<Record<string, string>> = {
  '&': '|',
  '|': '&',
  '^': '&',
  '&^': '&',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
};

export const bitwise: Operator = {
  name: 'bitwise',
  description: '& becomes |, << becomes >>, and the other way round',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'binary') return [];
    const operator = textOf(text, mutable.operator);
    const token = SWAPS[operator];
    if (token === undefined || holdsString(mutable, text, spelling)) return [];
    return [
      operator.includes('<') || operator.includes('>')
        ? swapToken(text, mutable.operator, token)
        : rebound(mutable, text, token),
    ];
  },
};

type Binary = Extract<Mutable, { kind: 'binary' }>;

/** The three bind differently: parentheses keep the tree as it is. */
function rebound(mutable: Binary, text: string, token: string): Edit {
  const { operator } = mutable;
  const left = parenthesized(text, mutable, mutable.left, 'left', operator);
  const right = parenthesized(text, mutable, mutable.right, 'right', operator);
  const sides = [textOf(text, left), textOf(text, right)];
  const tight = sides.every((side) => !outerOperators(side).some((found) => /^[-+*/%&|^<>]/.test(found)));
  if (tight && standsAlone(text, mutable)) return swapToken(text, operator, token);
  const [before, after] = tight ? sides : sides.map((side) => `(${side})`);
  const [ahead, behind] = [text.slice(left.end, operator.start), text.slice(operator.end, right.start)];
  return replacing(mutable, `(${before}${ahead}${token}${behind}${after})`);
}
