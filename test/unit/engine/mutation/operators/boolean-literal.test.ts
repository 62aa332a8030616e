import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('boolean-literal', () => {
  itMutates('boolean-literal', [
    ['ts', 'x = true;', 'x = false;'],
    ['ts', 'x = false;', 'x = true;'],
    ['ts', 'let y: true = f<true>();'],
    ['py', 'x = True', 'x = False'],
    ['go', 'x := true', 'x := false'],
    ['rs', 'let x = false;', 'let x = true;'],
    ['java', 'boolean x = true;', 'boolean x = false;'],
  ]);
});
