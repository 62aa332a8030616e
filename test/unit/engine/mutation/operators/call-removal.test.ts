import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('call-removal', () => {
  itMutates('call-removal', [
    ['ts', 'save(a);', ';'],
    ['ts', 'await this.db?.save(a);', ';'],
    ['ts', 'void save(a);', ';'],
    ['ts', 'new Watcher(a);', ';'],
    ['ts', 'if (a) save(a); else drop(a);', 'if (a) ; else drop(a);', 'if (a) save(a); else ;'],
    ['ts', 'const a = save(b);'],
    [
      'ts',
      'class A extends B { constructor() { super(); this.go(); } }',
      'class A extends B { constructor() { super(); ; } }',
    ],
    ['py', 'save(a)', 'pass'],
    ['py', 'await self.save(a)', 'pass'],
    ['go', 'save(a)', '{}'],
    ['go', 'defer close(a)', '{}'],
    ['rs', 'self.save(a);', '{}'],
    ['java', 'save(a);', '{}'],
  ]);
});
