import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('number-literal', () => {
  itMutates('number-literal', [
    ['ts', 'x = 0;', 'x = 1;'],
    ['ts', 'x = 1;', 'x = 2;', 'x = 0;'],
    ['ts', 'x = 1_000;', 'x = 1001;', 'x = 999;'],
    ['ts', 'x = 0xff;', 'x = 0x100;', 'x = 0xfe;'],
    ['ts', 'x = 10n;', 'x = 11n;', 'x = 9n;'],
    ['ts', 'x = 0x1fn;', 'x = 0x20n;', 'x = 0x1en;'],
    ['ts', 'x = 0.5;', 'x = 1.5;'],
    ['ts', 'x = 1e3;', 'x = 1001;'],
    ['ts', 'let y: 1 = f<2>();'],
    ['ts', 'x = { 1: a };'],
    ['js', 'x = 1e999;'],
    ['py', 'x = 10', 'x = 11', 'x = 9'],
    ['py', 'x = 1.0', 'x = 2.0'],
    ['py', 'x = 2j'],
    ['go', 'x := 0', 'x := 1'],
    ['go', 'x := 0644'],
    // One more does not fit.
    ['go', 'var x uint8 = 255', 'var x uint8 = 254'],
    ['rs', 'let x = 1u8;', 'let x = 2u8;', 'let x = 0u8;'],
    ['rs', 'let x = 1.5f32;', 'let x = 2.5f32;'],
    ['java', 'long x = 1L;', 'long x = 2L;', 'long x = 0L;'],
    ['java', 'float x = 2.0f;', 'float x = 3.0f;'],
  ]);
});
