import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('comparison-flip', () => {
  itMutates('comparison-flip', [
    ['ts', 'x = a === b;', 'x = a !== b;'],
    ['ts', 'x = a !== b;', 'x = a === b;'],
    ['ts', 'x = a == b;', 'x = a != b;'],
    ['ts', 'x = a < b;', 'x = a >= b;'],
    ['ts', 'x = a <= b;', 'x = a > b;'],
    ['ts', 'x = a > b;', 'x = a <= b;'],
    ['ts', 'x = a >= b;', 'x = a < b;'],
    ['ts', 'x = key in a;', 'x = !(key in a);'],
    ['ts', 'if (a instanceof B) go();', 'if (!(a instanceof B)) go();'],
    ['ts', 'x = a.equals(b);', 'x = !a.equals(b);'],
    ['ts', 'for (const key in a) use(key);'],
    ['ts', 'assert.deepEqual(a, b);'],
    ['py', 'x = a is None', 'x = a is not None'],
    ['py', 'x = a not in b', 'x = a in b'],
    ['py', 'x = a in b', 'x = a not in b'],
    ['py', 'x = a == b', 'x = a != b'],
    ['py', 'for x in xs: use(x)'],
    ['go', 'x := a != b', 'x := a == b'],
    ['go', 'x := bytes.Equal(s, t)', 'x := !(bytes.Equal(s, t))'],
    ['rs', 'let x = a == b;', 'let x = a != b;'],
    ['java', 'boolean x = s.equals(t);', 'boolean x = !(s.equals(t));'],
  ]);
});
