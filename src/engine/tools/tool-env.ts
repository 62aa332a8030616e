/** Plain output, whatever terminal the run was started from. */
export const PLAIN_ENV = { NO_COLOR: '1', FORCE_COLOR: '0' } as const;

/**
 * Tests believe to be on CI, where runners neither write snapshots nor wait for keys. Colours are left alone: their
 * reports have none, and tests of command lines see these variables (FORCE_COLOR=0 forces colours in Python's rich).
 */
export const TEST_ENV = { CI: 'true' } as const;
