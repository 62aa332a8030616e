import { describe, expect, it } from 'vitest';
import { formatFor, type Streams, wantsColor } from '../../../src/cli/streams.ts';

function streams(isTTY: boolean | undefined, env: Streams['env'] = {}): Streams {
  const out = { write: () => true };
  return { stdout: isTTY === undefined ? out : { ...out, isTTY }, stderr: { ...out, isTTY: true }, env, cwd: '/' };
}

describe('the format', () => {
  it.each([
    ['auto', true, 'text'],
    ['auto', false, 'json'],
    ['auto', undefined, 'json'],
    ['text', false, 'text'],
    ['json', true, 'json'],
    ['sarif', true, 'sarif'],
    ['github', false, 'github'],
    ['gitlab', undefined, 'gitlab'],
  ] as const)('%s with a terminal %s: %s', (format, isTTY, expected) =>
    expect(formatFor(format, streams(isTTY))).toBe(expected),
  );
});

describe('colours', () => {
  it.each<[boolean | undefined, Streams['env'], boolean]>([
    [true, {}, true],
    [false, {}, false],
    [undefined, {}, false],
    [true, { TERM: 'dumb' }, false],
    [true, { TERM: 'xterm' }, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '0' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: 'true' }, true],
    [false, { FORCE_COLOR: '' }, true],
    [false, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: 'false' }, false],
    [false, { FORCE_COLOR: '1', TERM: 'dumb' }, true],
  ])('terminal %s, %j: %s', (isTTY, env, expected) => expect(wantsColor(streams(isTTY, env))).toBe(expected));
});
