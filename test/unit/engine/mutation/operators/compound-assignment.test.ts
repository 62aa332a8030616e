import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('compound-assignment', () => {
  itMutates('compound-assignment', [
    ['ts', 'a += b;', 'a -= b;'],
    ['ts', 'a -= b;', 'a += b;'],
    ['ts', 'a *= b;', 'a /= b;'],
    ['ts', 'a /= b;', 'a *= b;'],
    ['ts', 'a **= b;', 'a *= b;'],
    ['ts', 'a |= b;', 'a &= b;'],
    ['ts', 'a <<= b;', 'a >>= b;'],
    ['ts', 'a ||= b;', 'a &&= b;'],
    ['ts', 'a ??= b;', 'a = b;'],
    ['ts', "a += 'x';", "a = 'x';"],
    ['ts', 'a +=-b;', 'a -= -b;'],
    ['ts', 'a = b;'],
    ['py', 'a += b', 'a -= b'],
    ['py', 'a += [b]', 'a = [b]'],
    ['py', 'a //= b', 'a *= b'],
    ['go', 'a += b', 'a -= b'],
    ['rs', 'a *= b;', 'a /= b;'],
    ['java', 'a |= b;', 'a &= b;'],
  ]);
});
