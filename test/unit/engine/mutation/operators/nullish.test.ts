import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('nullish', () => {
  itMutates('nullish', [
    ['ts', 'x = a ?? b;', 'x = a;'],
    ['ts', 'x = (a ?? b) ?? c;', 'x = (a ?? b);', 'x = (a) ?? c;'],
    ['ts', 'x = a ?? undefined;'],
    ['ts', 'x = a ?? null;'],
    ['ts', 'x = a || b;'],
  ]);
});
