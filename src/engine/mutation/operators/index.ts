import { ExpectedError } from '../../errors.ts';
import { nearestWord } from '../../nearest-word.ts';
import type { Operator } from '../operator.ts';
import { arithmetic } from './arithmetic.ts';
import { awaitRemoval } from './await-removal.ts';
import { bitwise } from './bitwise.ts';
import { blockRemoval } from './block-removal.ts';
import { booleanLiteral } from './boolean-literal.ts';
import { callRemoval } from './call-removal.ts';
import { collectionLiteral } from './collection-literal.ts';
import { comparisonBoundary } from './comparison-boundary.ts';
import { comparisonFlip } from './comparison-flip.ts';
import { compoundAssignment } from './compound-assignment.ts';
import { defaultArgument } from './default-argument.ts';
import { forcedCondition } from './forced-condition.ts';
import { logicalOperand } from './logical-operand.ts';
import { logicalSwap } from './logical-swap.ts';
import { methodRemoval } from './method-removal.ts';
import { methodSwap } from './method-swap.ts';
import { negatedCondition } from './negated-condition.ts';
import { nullish } from './nullish.ts';
import { numberLiteral } from './number-literal.ts';
import { offByOne } from './off-by-one.ts';
import { optionalChain } from './optional-chain.ts';
import { returnValue } from './return-value.ts';
import { statementRemoval } from './statement-removal.ts';
import { stringLiteral } from './string-literal.ts';
import { throwRemoval } from './throw-removal.ts';
import { unary } from './unary.ts';
import { update } from './update.ts';

/** All operators; those whose mutants survive most often, by Google's figures and by likeness, first. */
export const OPERATORS: readonly Operator[] = [
  statementRemoval,
  callRemoval,
  blockRemoval,
  comparisonBoundary,
  logicalOperand,
  unary,
  forcedCondition,
  methodRemoval,
  throwRemoval,
  awaitRemoval,
  optionalChain,
  nullish,
  defaultArgument,
  methodSwap,
  offByOne,
  logicalSwap,
  comparisonFlip,
  negatedCondition,
  returnValue,
  arithmetic,
  bitwise,
  compoundAssignment,
  update,
  booleanLiteral,
  numberLiteral,
  stringLiteral,
  collectionLiteral,
];

/** @throws ExpectedError for a name that no operator has. */
export function operatorsNamed(names: 'default' | readonly string[]): readonly Operator[] {
  if (names === 'default') return OPERATORS;
  const known = OPERATORS.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearestWord(name, known);
    const hint = near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean "${near}"?`;
    throw new ExpectedError('config/invalid', `There is no mutation operator "${name}".`, hint);
  }
  return OPERATORS.filter(({ name }) => names.includes(name));
}
