import { describe, it } from 'vitest';
import { expectMutants, itMutates } from '../expect-mutants.ts';

describe('unary', () => {
  itMutates('unary', [
    ['ts', 'x = !a;', 'x = a;'],
    ['ts', 'x = -a;', 'x = a;'],
    ['ts', 'x = b - -a;', 'x = b - a;'],
    ['ts', 'x = ~a;', 'x = a;'],
    ['ts', 'x = +a;', 'x = a;'],
    ['ts', 'x = !(a && b);', 'x = (a && b);'],
    ['ts', 'x = !!a;', 'x = !a;'],
    ['ts', 'x = typeof a;'],
    ['ts', 'x = void a;'],
    ['ts', 'x = a!;'],
    ['ts', '!a && go()', 'a && go()'],
    ['py', 'x = not a', 'x = a'],
    ['py', 'x = -a', 'x = a'],
    ['py', 'x = a if not(b) else c', 'x = a if (b) else c'],
    ['go', 'x := !ok', 'x := ok'],
    ['rs', 'let x = !ok;', 'let x = ok;'],
    ['java', 'boolean x = !ok;', 'boolean x = ok;'],
  ]);

  it('keeps words apart', () =>
    expectMutants('a.js', 'function f(a) { return!a }', 'unary', 'function f(a) { return a }'));
  it('does not call the line above', () => expectMutants('a.js', 'const b = c\n!(a || b) && go()', 'unary'));
});
