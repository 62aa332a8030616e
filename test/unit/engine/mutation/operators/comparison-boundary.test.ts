import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('comparison-boundary', () => {
  itMutates('comparison-boundary', [
    ['ts', 'x = a < b;', 'x = a <= b;'],
    ['ts', 'x = a <= b;', 'x = a < b;'],
    ['ts', 'x = a > b;', 'x = a >= b;'],
    ['ts', 'x = a >= b;', 'x = a > b;'],
    ['ts', 'x = (a) /* > */ > b;', 'x = (a) /* > */ >= b;'],
    ['ts', 'x = a === b;'],
    // For equals both branches say the same.
    ['ts', 'x = a < b ? a : b;'],
    ['ts', 'x = a > 0 ? a : 0;'],
    ['ts', 'xs.sort((a, b) => (a < b ? -1 : 1));'],
    ['ts', 'x = a < b ? a : c;', 'x = a <= b ? a : c;'],
    // No test hits such a number exactly.
    ['ts', 'x = a < 0.5;'],
    ['ts', 'x = a < Number.EPSILON;'],
    ['ts', 'x = Math.random() < a;'],
    ['ts', 'x = new Map<string, number>();'],
    ['py', 'x = a < b', 'x = a <= b'],
    ['py', 'x = a < b <= c', 'x = a <= b <= c', 'x = a < b < c'],
    ['py', 'x = a if a < b else b'],
    ['py', "x = a < float('inf')"],
    ['go', 'x := a >= b', 'x := a > b'],
    ['rs', 'let x = a <= b;', 'let x = a < b;'],
    ['rs', 'let x: Vec<i32> = Vec::new();'],
    ['java', 'boolean x = a > b;', 'boolean x = a >= b;'],
    ['java', 'List<String> x = b;'],
  ]);
});
