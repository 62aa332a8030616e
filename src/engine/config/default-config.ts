import type { Config } from '../../protocol/config.ts';

/** What the schema gives for an empty file; written out so that a repository without configuration needs no schema. */
export const DEFAULT_CONFIG: Config = {
  budget: 180_000,
  detect: true,
  scopes: {},
  inert: [],
  checks: {},
  boundaries: [],
  guards: {
    boundaries: 'block',
    suppressions: { level: 'block', patterns: [] },
    'changed-tests': 'block',
    'file-size': { level: 'warn', lines: 500 },
    waivers: 'warn',
  },
  mutation: {
    max: 12,
    operators: 'default',
    arid: [],
    noCoverage: 'block',
    exclude: [],
    requireChangedTests: false,
  },
  relay: { tokens: 4000, instructions: [] },
  streams: {},
};
