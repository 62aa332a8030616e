import { replacing, textOf } from '../edits.ts';
import type { Spelling } from '../mutable.ts';
import type { Operator } from '../operator.ts';

export const numberLiteral: Operator = {
  name: 'number-literal',
  description: '0 becomes 1, n becomes n + 1 or n - 1',
  mutate(mutable, text, spelling) {
    if (mutable.kind !== 'number') return [];
    return neighbours(textOf(text, mutable), spelling).map((number) => replacing(mutable, number));
  },
};

/** Rust, Java and JavaScript's big integers have suffixes; Python's and Go's imaginary numbers stay as they are. */
const HEXADECIMAL = /^(0[xX][\da-fA-F_]+?)([lLn]|_?[iu](?:8|16|32|64|128|size))?$/;
const OTHER =
  /^(0[bB][01_]+|0[oO][0-7_]+|[\d_]+|[\d_]*\.[\d_]*(?:[eE][-+]?[\d_]+)?|[\d_]+[eE][-+]?[\d_]+)(_?[iuf](?:8|16|32|64|128|size)|[lLfFdDn])?$/;

function neighbours(literal: string, { language }: Spelling): readonly string[] {
  const [, digits = '', suffix = ''] = (/^0[xX]/.test(literal) ? HEXADECIMAL : OTHER).exec(literal) ?? [];
  // Old octal numbers are modes of files.
  if (digits === '' || /^0\d/.test(digits)) return [];
  const plain = digits.replaceAll('_', '');
  if (/^\d+$|^0[xXbBoO]/.test(plain)) return integers(plain, language).map((number) => `${number}${suffix}`);
  const next = Number(plain) + 1;
  if (!Number.isFinite(next) || next === Number(plain)) return [];
  const whole = Number.isInteger(next) && !/^(?:type|java)script$/.test(language);
  return [`${next}${whole ? '.0' : ''}${suffix}`];
}

function integers(plain: string, language: Spelling['language']): readonly string[] {
  const value = BigInt(plain);
  const radix = RADIX[plain.slice(1, 2).toLowerCase()] ?? 10;
  const written = (number: bigint): string => `${radix === 10 ? '' : plain.slice(0, 2)}${number.toString(radix)}`;
  if (value === 0n) return [written(1n)];
  // One more than the most that fits does not compile.
  const typed = /^(?:go|rust|java)$/.test(language);
  const most = typed && value >= 127n && isPowerOfTwo(value + 1n);
  return most ? [written(value - 1n)] : [written(value + 1n), written(value - 1n)];
}

const RADIX: Readonly<Record<string, number>> = { x: 16, b: 2, o: 8 };

function isPowerOfTwo(value: bigint): boolean {
  return (value & (value - 1n)) === 0n;
}
