import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('forced-condition', () => {
  itMutates('forced-condition', [
    ['ts', 'if (a) go();', 'if (true) go();'],
    ['ts', 'x = a ? b : c;', 'x = true ? b : c;', 'x = false ? b : c;'],
    ['ts', 'while (a) go();', 'while (false) go();'],
    ['ts', 'do go(); while (a);', 'do go(); while (false);'],
    ['ts', 'for (; a; ) go();', 'for (; false; ) go();'],
    ['ts', 'while (true) go();'],
    ['ts', 'if (a < b) go();'],
    ['py', 'if a: go()', 'if True: go()'],
    ['py', 'while a: go()', 'while False: go()'],
    // Go wants every variable used, Java every statement reachable.
    ['go', 'if ok { g() }', 'if ok || true { g() }'],
    ['java', 'while (s.isEmpty()) g();', 'while (s.isEmpty() && false) g();'],
    ['rs', 'if ok { g(); }', 'if true { g(); }'],
  ]);
});
