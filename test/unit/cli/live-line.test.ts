import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveLine } from '../../../src/cli/live-line.ts';
import type { Streams } from '../../../src/cli/streams.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const CLEAR = '\r\u001b[2K';

function terminal(columns: number | undefined, isTTY = true) {
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text), isTTY, ...(columns === undefined ? {} : { columns }) };
  return { streams: { stderr } as unknown as Streams, written };
}

describe('a live line', () => {
  it.each([
    [40, 39],
    [undefined, 79],
    [0, 79],
  ])('is as long as the terminal leaves room, of %s columns', (columns, room) => {
    const { streams, written } = terminal(columns);
    createLiveLine(streams, false)?.show('x'.repeat(200));
    expect(written.map((text) => text.replace(CLEAR, '').length)).toEqual([room]);
  });

  it('is written once where much comes at a time, with what came last', () => {
    const { streams, written } = terminal(80);
    const line = createLiveLine(streams, false);
    for (let count = 1; count <= 100; count++) line?.show(`${count}`);
    vi.advanceTimersByTime(1000);
    expect(written).toEqual([`${CLEAR}1`, `${CLEAR}100`]);
  });

  it('says nothing more once it is cleared', () => {
    const { streams, written } = terminal(80);
    const line = createLiveLine(streams, false);
    line?.show('one');
    line?.show('two');
    line?.clear();
    vi.advanceTimersByTime(1000);
    expect(written).toEqual([`${CLEAR}one`, CLEAR]);
  });

  it('is none where nobody sees it', () => {
    expect(createLiveLine(terminal(80, false).streams, false)).toBeUndefined();
    expect(createLiveLine(terminal(80).streams, true)).toBeUndefined();
  });
});
