import { expect, it } from 'vitest';
import { parseConfig } from '../../../../src/engine/config/load-config.ts';
import { ExpectedError } from '../../../../src/engine/errors.ts';

function refusal(text: string): string {
  try {
    parseConfig(text, 'x');
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
  return 'accepted';
}

it.each(['0', '"0"', '"0s"', '"0m"'])('a budget of %s is none', (budget) =>
  expect(parseConfig(`{ "budget": ${budget} }`, 'x').budget).toBe(Number.POSITIVE_INFINITY),
);

it.each([
  ['{ "budget": 5 }', 'x:1:3: budget is 5: must be a duration such as "90s", or 0 for no limit'],
  ['{\n  "inert": [],\n  "inert": []\n}', 'x:3:3: the configuration has the key "inert" twice'],
  ['{ "scopes": { "__proto__": {} } }', 'x:1:15: scopes has the key "__proto__", which is no name'],
  ['{ "inert": ["a\\u0000"] }', 'x:1:13: inert.0 holds a NUL character'],
  ['{ "a\\u0000": 1 }', 'x:1:3: the configuration has a key with a NUL character in it'],
  [`${'['.repeat(200_000)}`, 'x:1:51: nested deeper than 50 levels'],
  [`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`, 'x:1:251: nested deeper than 50 levels'],
  ['\uFEFF{\n "a": 1 }', /^x:2:2: the configuration has an unknown key/],
  [
    '{ "scopes": { "core": { "paths": ["a"], "dependsOn": ["cor"] } } }',
    'x:1:55: scopes.core.dependsOn.0 is "cor", which is no scope; did you mean "core"?',
  ],
  [
    '{ "boundaries": [{ "from": "a", "dney": "b" }] }',
    /boundaries\.0 has an unknown key "dney"; did you mean "deny"\?/,
  ],
  [
    '{ "guards": { "suppressions": { "patterns": [{ "tool": "x", "pattern": "(" }] } } }',
    /pattern is "\(": must be a reg/,
  ],
])('%j: %s', (text, expected) => {
  if (typeof expected === 'string') expect(refusal(text)).toBe(expected);
  else expect(refusal(text)).toMatch(expected);
});

it('shows no more of a long key than a person reads', () => {
  expect(refusal(JSON.stringify({ ['👍'.repeat(100_000)]: 1 })).length).toBeLessThan(400);
});
