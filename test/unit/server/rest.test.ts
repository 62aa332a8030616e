import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRest } from '../../../src/server/rest.ts';

describe('rest', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('comes once after the last of many changes', () => {
    const action = vi.fn();
    const rest = createRest(() => 100, action);
    for (let count = 0; count < 5; count++) {
      rest.poke();
      vi.advanceTimersByTime(50);
    }
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(51);
    expect(action).toHaveBeenCalledOnce();
  });

  it('is not put off for ever by what never rests', () => {
    const action = vi.fn();
    const rest = createRest(() => 100, action);
    for (let count = 0; count < 30; count++) {
      rest.poke();
      vi.advanceTimersByTime(50);
    }
    expect(action).toHaveBeenCalled();
  });

  it('does not come once cancelled', () => {
    const action = vi.fn();
    const rest = createRest(() => 100, action);
    rest.poke();
    rest.cancel();
    vi.advanceTimersByTime(1000);
    expect(action).not.toHaveBeenCalled();
  });
});
