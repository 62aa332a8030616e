import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('logical-swap', () => {
  itMutates('logical-swap', [
    ['ts', 'x = a && b;', 'x = a || b;'],
    ['ts', 'x = a || b;', 'x = a && b;'],
    // As much as is exchanged at run time, no more.
    ['ts', 'x = a && b && c;', 'x = a && b || c;', 'x = (a || b) && c;'],
    ['ts', 'x = a || b || c;', 'x = a && b || c;', 'x = (a || b) && c;'],
    ['ts', 'x = a && (b || c);', 'x = a || (b || c);', 'x = a && (b && c);'],
    ['ts', 'x = a === 1 || b;', 'x = a === 1 && b;'],
    ['ts', 'x = (a || b) // why\n    && c;', 'x = (a || b) // why\n    || c;', 'x = (a && b) // why\n    && c;'],
    ['ts', 'x = a ?? b;'],
    ['py', 'x = a and b', 'x = (a or b)'],
    ['py', 'if a and b: go()', 'if a or b: go()'],
    ['py', 'if a or b: go()', 'if a and b: go()'],
    ['go', 'if ok && a > b { g() }', 'if ok || a > b { g() }'],
    ['rs', 'let x = ok || a > b;', 'let x = ok && a > b;'],
    ['java', 'boolean x = ok && a > b;', 'boolean x = ok || a > b;'],
  ]);
});
