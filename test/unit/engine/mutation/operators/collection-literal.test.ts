import { describe } from 'vitest';
import { itMutates } from '../expect-mutants.ts';

describe('collection-literal', () => {
  itMutates('collection-literal', [
    ['ts', 'x = [a, b];', 'x = [];'],
    ['ts', 'x = [...a];', 'x = [];'],
    ['ts', 'x = [];', 'x = ["downforce"];'],
    ['ts', 'x = { a: 1, b };', 'x = {};'],
    ['ts', 'x = {};'],
    ['ts', 'const [a, { b }] = c;'],
    // Without its functions an object only crashes.
    ['ts', 'x = { a() {}, b: 1 };'],
    ['ts', 'x = { a: () => b };'],
    ['py', 'x = [a, b]', 'x = []'],
    ['py', "x = {'a': b}", 'x = {}'],
    ['py', 'x = {a, b}', 'x = set()'],
    ['py', 'x = []', "x = ['downforce']"],
    ['py', 'x = (a, b)'],
    ['go', 'x := []int{a, b}', 'x := []int{}'],
    ['go', 'x := Point{a, b}'],
    ['rs', 'let x = vec![a, b];', 'let x = vec![];'],
    ['rs', 'let x = [a, b];'],
    ['java', 'int[] x = {a, b};', 'int[] x = {};'],
  ]);
});
