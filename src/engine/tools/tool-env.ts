/** Plain output, whatever terminal the run was started from. */
export const PLAIN_ENV = { NO_COLOR: '1', FORCE_COLOR: '0' } as const;

/** Tests also believe to be on CI, where runners neither write snapshots nor wait for keys. */
export const TEST_ENV = { CI: 'true', ...PLAIN_ENV } as const;
