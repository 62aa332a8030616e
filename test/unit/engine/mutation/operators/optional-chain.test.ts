import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('optional-chain', () => {
  itMutates('optional-chain', [
    ['ts', 'x = a?.b;', 'x = a.b;'],
    ['ts', 'x = a?.[0];', 'x = a[0];'],
    ['ts', 'x = a.b?.();', 'x = a.b();'],
    ['ts', 'x = a?.b?.c(1).d;', 'x = a.b?.c(1).d;', 'x = a?.b.c(1).d;'],
    ['ts', 'x = (a?.b).c;', 'x = (a.b).c;'],
    ['ts', 'delete a?.b;', 'delete a.b;'],
    ['ts', 'x = a ? .5 : 1;'],
  ]);
});
