import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('throw-removal', () => {
  itMutates('throw-removal', [
    ['ts', 'throw new Error(a);', ';'],
    ['ts', 'if (!a) throw a', 'if (!a) ;'],
    ['ts', 'try { go(); } catch (error) { use(error); throw error; }', 'try { go(); } catch (error) { use(error); ; }'],
    ['py', 'raise ValueError(a)', 'pass'],
    ['go', 'if a > b { panic("a") }', 'if a > b { {} }'],
    ['rs', 'if a > b { panic!("a"); }', 'if a > b { {} }'],
    ['java', 'if (a > b) { throw new IllegalStateException(); }', 'if (a > b) { {} }'],
  ]);
});
