import { replacing, standsAlone, swapToken, textOf } from '../edits.ts';
import type { Edit, Mutable } from '../mutable.ts';
import type { Operator } from '../operator.ts';
import { holdsString } from '../strings.ts';

const SWAPS: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '//': '*',
  '%': '*',
  '**': '*',
};

export const arithmetic: Operator = {
  name: 'arithmetic',
  description: '+ becomes -, * becomes /, and the other way round',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'binary') return [];
    const operator = textOf(text, mutable.operator);
    const token = SWAPS[operator];
    if (token === undefined || holdsString(mutable, text, spelling) || isIdle(operator, textOf(text, mutable.right)))
      return [];
    return [swapped(mutable, text, operator, token)];
  },
};

/** Adds nothing, or multiplies by one. */
function isIdle(operator: string, right: string): boolean {
  return /^[-+]$/.test(operator) ? /^0(?:\.0*)?$/.test(right) : /^[*/]/.test(operator) && /^1(?:\.0*)?$/.test(right);
}

type Binary = Extract<Mutable, { kind: 'binary' }>;

function swapped(mutable: Binary, text: string, operator: string, token: string): Edit {
  const { start, end } = mutable;
  // A power binds more than a product.
  if (operator !== '**' || standsAlone(text, mutable)) return swapToken(text, mutable.operator, token);
  return replacing(
    mutable,
    `(${text.slice(start, mutable.operator.start)}${token}${text.slice(mutable.operator.end, end)})`,
  );
}
