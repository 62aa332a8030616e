import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('default-argument', () => {
  itMutates('default-argument', [
    ['ts', 'const g = (a = 5) => a;', 'const g = (a = undefined) => a;'],
    [
      'ts',
      'function g({ a = 1, b: [c = d] = [] } = {}) {}',
      'function g({ a = undefined, b: [c = d] = [] } = {}) {}',
      'function g({ a = 1, b: [c = undefined] = [] } = {}) {}',
      'function g({ a = 1, b: [c = d] = undefined } = {}) {}',
      'function g({ a = 1, b: [c = d] = [] } = undefined) {}',
    ],
    ['ts', 'class A { constructor(private a = b) {} }', 'class A { constructor(private a = undefined) {} }'],
    ['ts', 'const g = (a = undefined, b = null) => a;'],
    ['py', 'g = lambda x=5: x', 'g = lambda x=None: x'],
    ['py', 'def g(x, y=None, *, z: int = 1): use(x)', 'def g(x, y=None, *, z: int = None): use(x)'],
  ]);
});
