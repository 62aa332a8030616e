import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('method-removal', () => {
  itMutates('method-removal', [
    ['ts', 'x = a.filter(b);', 'x = a;'],
    ['ts', 'x = a.filter(b).sort().map(c);', 'x = a.sort().map(c);', 'x = a.filter(b).map(c);'],
    ['ts', 'x = (a || b).trim();', 'x = (a || b);'],
    ['ts', 'x = a?.trim();', 'x = a;'],
    // Its effect is what it is called for.
    ['ts', 'a.sort();'],
    ['ts', 'x = a.map(b);'],
    ['py', 'x = a.strip()', 'x = a'],
    ['py', 'x = (a or b).lower()', 'x = (a or b)'],
    ['java', 'var x = s.stream().filter(t).toList();', 'var x = s.stream().toList();'],
  ]);
});
