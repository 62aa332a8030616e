import { describe, it } from 'vitest';
import { expectMutants, itMutates } from '../expect-mutants.ts';

describe('block-removal', () => {
  itMutates('block-removal', [
    ['ts', 'if (a) { b(); c(); }', 'if (a) {  }'],
    [
      'ts',
      'if (a) { b(); c(); } else { d(); e(); }',
      'if (a) {  } else { d(); e(); }',
      'if (a) { b(); c(); } else {  }',
    ],
    ['ts', 'for (const x of xs) { b(x); c(x); }', 'for (const x of xs) {  }'],
    [
      'ts',
      'try { b(); c(); } catch { d(); e(); } finally { g(); h(); }',
      'try {  } catch { d(); e(); } finally { g(); h(); }',
      'try { b(); c(); } catch {  } finally { g(); h(); }',
      'try { b(); c(); } catch { d(); e(); } finally {  }',
    ],
    ['ts', 'switch (a) { case 1: b(); c(); break; case 2: d(); }', 'switch (a) { case 1:  break; case 2: d(); }'],
    ['ts', 'const g = function () { b(); return c(); };', 'const g = function () {  };'],
    // What the statement alone has says as much.
    ['ts', 'if (a) { b(); }'],
    ['ts', 'if (a) { for (const x of xs) b(x); }'],
    ['ts', 'const g = () => { return a; };'],
    ['ts', 'if (a) {}'],
    // It would never end.
    ['ts', 'while (a) { b(); c(); }'],
    ['ts', 'for (;;) { b(); c(); }'],
    // The other case sees it.
    ['ts', 'switch (a) { case 1: const x = 1; b(x); break; case 2: c(); }'],
    ['ts', 'class A extends B { constructor() { super(); this.go(); } }'],
    ['ts', 'class A { constructor() { b(); c(); } }', 'class A { constructor() {  } }'],
    ['py', 'if a:\n        b()\n        c()', 'if a:\n        pass'],
    ['go', 'if a > b { g(); h() }', 'if a > b {  }'],
    ['rs', 'if a > b { g(); h(); }', 'if a > b {  }'],
    ['java', 'if (a > b) { g(); h(); }', 'if (a > b) {  }'],
  ]);

  it('keeps directives', () =>
    expectMutants(
      'a.js',
      "function f() { 'use strict'; a(); b(); }",
      'block-removal',
      "function f() { 'use strict';  }",
    ));
});
