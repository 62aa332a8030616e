import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('update', () => {
  itMutates('update', [
    ['ts', 'a++;', 'a--;'],
    ['ts', 'x = --a;', 'x = ++a;'],
    ['ts', 'x = b -++a;', 'x = b - --a;'],
    ['ts', 'for (let i = 0; i < n; i++) use(i);'],
    ['go', 'a++', 'a--'],
    ['java', 'a++;', 'a--;'],
    ['java', 'int x = --a;', 'int x = ++a;'],
  ]);
});
