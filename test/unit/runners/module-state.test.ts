import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { peekText, stateOf } from '../../../src/runners/javascript/driver/module-state.ts';

afterEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('downforce.peeks'));
});

/** Runs a module's text and then a change of its variables; whether the change is seen. */
function isSeen(text: string, change: string): boolean {
  runInThisContext(`(() => {${text}\nglobalThis.changeIt = () => { ${change} };${peekText('/a.js', text)}})()`);
  const before = stateOf(globalThis);
  Reflect.get(globalThis, 'changeIt')();
  return stateOf(globalThis) !== before;
}

describe('the state of modules', () => {
  it.each([
    ['let count = 0;', 'count += 1'],
    ['const memo = new Map();', 'memo.set(1, 2)'],
    ['const list = [];', 'list.push(1)'],
    ['let first = 1, second = 2;', 'second = 3'],
    ['var first,\n    second;', 'second = 3'],
    ['const bytes = new Uint8Array(2);', 'bytes[1] = 1'],
    ['const module = { exports: {} };\nmodule.exports.count = 0;', 'module.exports.count = 1'],
    ['class Store {}\nStore.all = { inner: [] };', 'Store.all.inner.push(1)'],
  ])('is seen to change: %s %s', (text, change) => {
    expect(isSeen(text, change)).toBe(true);
  });

  it.each([
    ['const memo = new Map();', ''],
    ['function pure() {}', 'const inner = [1]; inner.push(2)'],
  ])('is the same: %s %s', (text, change) => {
    expect(isSeen(text, change)).toBe(false);
  });
});
