import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('negated-condition', () => {
  itMutates('negated-condition', [
    ['ts', 'if (a) go();', 'if (!a) go();'],
    ['ts', 'while (a && b) go();', 'while (!(a && b)) go();'],
    ['ts', 'x = list.has(a) ? b : c;', 'x = !list.has(a) ? b : c;'],
    ['ts', 'for (; a; ) go();', 'for (; !a; ) go();'],
    ['ts', 'if (a % 2) go();', 'if (!(a % 2)) go();'],
    // Mutated as comparisons, negations and literals.
    ['ts', 'if (a === b) go();'],
    ['ts', 'if (!a) go();'],
    ['ts', 'while (true) go();'],
    ['py', 'if a: go()', 'if not a: go()'],
    ['py', 'x = b if a else c', 'x = b if not a else c'],
    ['py', 'if not a: go()'],
    ['go', 'if ok { g() }', 'if !ok { g() }'],
    ['rs', 'if ok { g(); }', 'if !ok { g(); }'],
    ['rs', 'if let Some(x) = y { g(x); }'],
    ['java', 'if (s.isEmpty()) g();', 'if (!(s.isEmpty())) g();'],
  ]);
});
