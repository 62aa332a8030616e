import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('logical-operand', () => {
  itMutates('logical-operand', [
    ['ts', 'x = a && b;', 'x = a;', 'x = b;'],
    ['ts', 'x = a || {};', 'x = a;', 'x = {};'],
    ['ts', 'x = (a || b) && c;', 'x = (a || b);', 'x = c;', 'x = (a) && c;', 'x = (b) && c;'],
    ['ts', 'if (a // why\n    && b) go();', 'if (a) go();', 'if (b) go();'],
    ['ts', 'x = a ?? b;'],
    ['py', 'x = a or []', 'x = a', 'x = []'],
    ['go', 'if ok && a > b { g() }', 'if ok { g() }', 'if a > b { g() }'],
    ['rs', 'let x = ok || a > b;', 'let x = ok;', 'let x = a > b;'],
    ['java', 'boolean x = ok && a > b;', 'boolean x = ok;', 'boolean x = a > b;'],
  ]);
});
