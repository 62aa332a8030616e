import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('arithmetic', () => {
  itMutates('arithmetic', [
    ['ts', 'x = a + b;', 'x = a - b;'],
    ['ts', 'x = a - b;', 'x = a + b;'],
    ['ts', 'x = a * b;', 'x = a / b;'],
    ['ts', 'x = a / b;', 'x = a * b;'],
    ['ts', 'x = a % b;', 'x = a * b;'],
    ['ts', 'x = a ** b;', 'x = a * b;'],
    ['ts', 'x = a ** b ** c;', 'x = a * b ** c;', 'x = a ** (b * c);'],
    ['ts', 'x = a +-b;', 'x = a - -b;'],
    ['ts', 'x = a*/b/.source;', 'x = a/ /b/.source;'],
    ['ts', "x = m.get('a') + 1;", "x = m.get('a') - 1;"],
    // Text has no difference.
    ['ts', "x = 'a' + b;"],
    ['ts', 'x = `a` + b;'],
    ['ts', 'x = a.toString() + b;'],
    ['ts', "const s = 'a'; x = s + t;"],
    ['ts', 'const g = (s: string) => s + t;'],
    ['ts', 'x = [a] + b;'],
    // Nothing changes.
    ['ts', 'x = a + 0;'],
    ['ts', 'x = a * 1;'],
    ['py', 'x = a + b', 'x = a - b'],
    ['py', 'x = a // b', 'x = a * b'],
    ['py', 'x = a ** b', 'x = (a * b)'],
    ['py', "x = '%s' % a"],
    ['py', "x = '-' * 10"],
    ['py', "x = root / 'a'"],
    ['py', 'x = [a] + b'],
    ['go', 'x := a * b', 'x := a / b'],
    ['go', 'x := a**p', 'x := a/ *p'],
    ['go', 'var s string; x := s + t'],
    ['rs', 'let x = a - b;', 'let x = a + b;'],
    ['rs', "let x = c - b'0';", "let x = c + b'0';"],
    ['rs', 'let s: String = t; let x = s + &t;'],
    ['java', 'int x = a % b;', 'int x = a * b;'],
    ['java', 'String s = t; String x = s + a;'],
    ['java', "int x = c - '0';", "int x = c + '0';"],
  ]);
});
