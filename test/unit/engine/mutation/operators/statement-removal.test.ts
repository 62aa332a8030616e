import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('statement-removal', () => {
  itMutates('statement-removal', [
    ['ts', 'total = price * 2;', ';'],
    ['ts', 'this.open = true', ';'],
    ['ts', 'delete cache[key];', ';'],
    ['ts', 'count++;', ';'],
    ['ts', 'ready && start();', ';'],
    ['ts', 'if (a) return;', 'if (a) ;'],
    ['ts', 'for (const x of xs) { if (x) continue; use(x); }', 'for (const x of xs) { if (x) ; use(x); }'],
    ['ts', 'while (a) { if (b) break; use(a); }', 'while (a) { if (b) ; use(a); }'],
    // Nothing would be different without these.
    ['ts', 'for (const x of xs) { use(x); continue; }'],
    [
      'ts',
      'switch (a) { case 1: use(a); break; case 2: use(b); break; }',
      'switch (a) { case 1: use(a); ; case 2: use(b); break; }',
    ],
    ['ts', 'const a = 1;'],
    ['ts', 'function g() {}'],
    ['ts', 'exports.use = function () {};'],
    ['ts', 'module.exports = a;'],
    ['ts', 'a;'],
    // The loop has to have its label.
    ['ts', 'outer: for (;;) { for (;;) continue outer; }', 'outer: for (;;) { for (;;) ; }'],
    ['py', 'self.total = a', 'pass'],
    ['py', 'if a: return', 'if a: pass'],
    ['py', 'for x in xs:\n        if x: continue\n        use(x)', 'for x in xs:\n        if x: pass\n        use(x)'],
    ['go', 'total = a', '{}'],
    ['rs', 'self.total = a;', '{}'],
    ['java', 'this.total = a;', '{}'],
  ]);
});
