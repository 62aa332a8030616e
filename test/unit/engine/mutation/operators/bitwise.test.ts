import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('bitwise', () => {
  itMutates('bitwise', [
    ['ts', 'x = a & b;', 'x = a | b;'],
    ['ts', 'x = a | b;', 'x = a & b;'],
    ['ts', 'x = a ^ b;', 'x = a & b;'],
    ['ts', 'x = a << b;', 'x = a >> b;'],
    ['ts', 'x = a >> b;', 'x = a << b;'],
    ['ts', 'x = a >>> b;', 'x = a << b;'],
    // As much as is exchanged at run time, no more.
    ['ts', 'x = a | b ^ c;', 'x = ((a) & (b ^ c));', 'x = a | (b & c);'],
    ['ts', 'x = (a & 1) === 0;', 'x = (a | 1) === 0;'],
    ['ts', 'let y: A | B = c as A & B;'],
    ['py', 'x = a & b', 'x = (a | b)'],
    ['go', 'x := a << b', 'x := a >> b'],
    ['go', 'x := a &^ b', 'x := (a & b)'],
    ['rs', 'let x = a | b;', 'let x = a & b;'],
    ['java', 'int x = a >>> b;', 'int x = a << b;'],
  ]);
});
