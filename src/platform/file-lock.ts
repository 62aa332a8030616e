import { rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Nobody holds one longer: it was left behind by a process that was ended. */
const LEFT_MS = 10_000;
const WAIT_MS = 15_000;
const STEP_MS = 15;

/**
 * Acts while no other process does under the same lock: a file that is there as long as it is held.
 * @returns undefined where another held it all the time.
 */
export async function withLock<T>(
  file: string,
  act: () => T | Promise<T>,
  signal?: AbortSignal,
): Promise<{ readonly value: T } | undefined> {
  const end = Date.now() + WAIT_MS;
  while (!taken(file)) {
    if (Date.now() > end) return undefined;
    if (isLeft(file)) rmSync(file, { force: true });
    else await wait(STEP_MS, undefined, signal === undefined ? {} : { signal });
  }
  try {
    return { value: await act() };
  } finally {
    rmSync(file, { force: true });
  }
}

/** @throws where the folder cannot be written to. */
function taken(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isLeft(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > LEFT_MS;
}
