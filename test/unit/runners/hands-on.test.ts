import { describe, expect, it } from 'vitest';
import { handsOn } from '../../../src/runners/javascript/driver/hands-on.ts';

describe('a test', () => {
  it.each([
    '() => { result = add(1, 2); }',
    'async () => { ({ id } = await create()); }',
    '() => { [one, two] = pair(); }',
    'function () { this.user = create(); }',
    '() => { made.push(create()); }',
    '() => { box.seen ??= 1; }',
    '() => { calls++; }',
  ])('may hand something on: %s', (text) => {
    expect(handsOn(text)).toBe(true);
  });

  it.each([
    '() => { const result = add(1, 2); assert.equal(result, 3); }',
    '(done) => { var app = express(); app.on = 1; get("/?a=b").expect(200, done); }',
    'function (t) { app.use(function (req, res) { req.url = "/"; }); t.plan = 1; }',
    '() => { for (let i = 0; i < 3; i++) add(i, i <= 2); }',
  ])('keeps everything to itself: %s', (text) => {
    expect(handsOn(text)).toBe(false);
  });
});
