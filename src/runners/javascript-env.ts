/** What would let transforms of the user keep our texts for another time, or refuse them. */
export const SCHEMATA_ENV = {
  BABEL_DISABLE_CACHE: '1',
  TS_NODE_TRANSPILE_ONLY: 'true',
  NODE_DISABLE_COMPILE_CACHE: '1',
} as const;
