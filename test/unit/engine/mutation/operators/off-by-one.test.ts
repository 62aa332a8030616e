import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('off-by-one', () => {
  itMutates('off-by-one', [
    ['ts', 'x = a.slice(b, c);', 'x = a.slice(b, c + 1);', 'x = a.slice(b + 1, c);'],
    ['ts', 'x = a.at(b * c);', 'x = a.at((b * c) + 1);'],
    // Mutated as numbers.
    ['ts', 'x = a.slice(1, -1);'],
    ['ts', 'x = a.slice(b - 1);'],
    ['ts', 'x = a.charAt(...b);'],
    ['py', 'for i in range(n): use(i)', 'for i in range(n + 1): use(i)'],
    ['py', 'x = a[b:c]', 'x = a[b:c + 1]', 'x = a[b + 1:c]'],
    ['py', 'x = a[1:]'],
    ['go', 'x := s[a:b]', 'x := s[a:b + 1]', 'x := s[a + 1:b]'],
    ['rs', 'for i in 0..n { g(i); }', 'for i in 0..=n { g(i); }'],
    ['rs', 'for i in 0..=n { g(i); }', 'for i in 0..n { g(i); }'],
    ['rs', 'let x = &s[a..];', 'let x = &s[a + 1..];'],
    ['java', 'String x = s.substring(a, b);', 'String x = s.substring(a, b + 1);', 'String x = s.substring(a + 1, b);'],
  ]);
});
