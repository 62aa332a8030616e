import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('method-swap', () => {
  itMutates('method-swap', [
    ['ts', 'x = Math.min(a, b);', 'x = Math.max(a, b);'],
    ['ts', 'x = a.startsWith(b);', 'x = a.endsWith(b);'],
    ['ts', 'x = a?.some(b);', 'x = a?.every(b);'],
    ['ts', 'a.push(b);', 'a.unshift(b);'],
    ['ts', 'x = a.indexOf(b);', 'x = a.lastIndexOf(b);'],
    ['ts', 'seen.add(a);', 'seen.delete(a);'],
    ['ts', 'button.classList.add(a);'],
    ['ts', 'add(a, b);'],
    ['ts', 'find(a);'],
    ['ts', 'a.constructor(b); a.toString();'],
    ['py', 'x = min(a, b)', 'x = max(a, b)'],
    ['py', 'x = any(a)', 'x = all(a)'],
    ['py', 'x = a.startswith(b)', 'x = a.endswith(b)'],
    ['go', 'x := strings.HasPrefix(s, t)', 'x := strings.HasSuffix(s, t)'],
    ['go', 'x := min(a, b)', 'x := max(a, b)'],
    ['rs', 'let x = a.min(b);', 'let x = a.max(b);'],
    ['rs', 'let x = s.first();', 'let x = s.last();'],
    ['java', 'int x = Math.min(a, b);', 'int x = Math.max(a, b);'],
    ['java', 'boolean x = s.stream().anyMatch(t);', 'boolean x = s.stream().allMatch(t);'],
  ]);
});
