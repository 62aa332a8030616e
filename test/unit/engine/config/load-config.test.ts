import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import { parseConfig } from '../../../../src/engine/config/load-config.ts';
import { ExpectedError } from '../../../../src/engine/errors.ts';

function refusal(text: string): ExpectedError {
  try {
    parseConfig(text, 'downforce.jsonc');
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
  throw new Error('accepted');
}

function messages(text: string): readonly string[] {
  return refusal(text).message.split('\n');
}

describe('what is accepted', () => {
  it('an empty configuration is the default one', () => {
    expect(parseConfig('{}', 'x')).toEqual(DEFAULT_CONFIG);
  });

  it('comments, trailing commas, a byte order mark and CRLF', () => {
    expect(parseConfig('\uFEFF// a\r\n{\r\n  /* b */ "inert": ["docs/**",], // c\r\n}\r\n', 'x').inert).toEqual([
      'docs/**',
    ]);
  });

  it.each([
    ['90s', 90_000],
    ['1500ms', 1500],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ])('a duration of %s', (text, ms) => {
    const config = parseConfig(
      JSON.stringify({ budget: text, checks: { 'lint:a': { run: 'a', timeout: text } } }),
      'x',
    );
    expect([config.budget, config.checks['lint:a']?.timeout]).toEqual([ms, ms]);
  });

  it('fills in what an entry leaves out', () => {
    const { checks, scopes } = parseConfig('{"checks":{"lint:a":{}},"scopes":{"core":{"paths":["a/**"]}}}', 'x');
    expect(checks['lint:a']).toEqual({ env: [], retries: 0, off: false });
    expect(scopes['core']).toEqual({ paths: ['a/**'], dependsOn: [] });
  });
});

describe('mutation', () => {
  it('takes all that it knows, and fills in the rest', () => {
    const mutation = {
      max: 200,
      operators: ['unary'],
      arid: ['audit.*'],
      noCoverage: 'warn',
      timeout: '5s',
      exclude: ['a/**'],
    };
    expect(parseConfig(JSON.stringify({ mutation }), 'x').mutation).toEqual({
      ...mutation,
      timeout: 5000,
      requireChangedTests: false,
    });
  });

  it.each([
    ['{ "mutation": { "max": 0 } }', /mutation\.max is 0/],
    ['{ "mutation": { "max": 201 } }', /mutation\.max is 201/],
    ['{ "mutation": { "maxx": 5 } }', /mutation has an unknown key "maxx"; did you mean "max"\?/],
    ['{ "mutation": { "operators": "all" } }', /mutation\.operators is "all"/],
    ['{ "mutation": { "operators": [] } }', /mutation\.operators is \[\]/],
    ['{ "mutation": { "noCoverage": "blok" } }', /noCoverage is "blok": .*\(did you mean "block"\?\)/],
    ['{ "mutation": { "timeout": "soon" } }', /timeout is "soon": must be a duration/],
    ['{ "mutation": { "exclude": ["../x"] } }', /must stay inside the repository/],
  ])('refuses %s', (text, expected) => expect(messages(text)[0]).toMatch(expected));
});

describe('a mistake is named with its place and the nearest right word', () => {
  it.each<[string, string, RegExp]>([
    ['no JSON', '{ "base": }', /^downforce\.jsonc:1:11: not JSON with comments: \w+/],
    ['no JSON, further down', '{\n  "base": "x"\n  "inert": []\n}', /^downforce\.jsonc:3:3: not JSON/],
    ['empty', '', /^downforce\.jsonc.*: not JSON with comments/],
    ['only a comment', '// x\n', /not JSON with comments/],
    ['a list', '[]', /^downforce\.jsonc:1:1: the configuration is \[\]: .*expected object/],
    ['a word', '"x"', /^downforce\.jsonc:1:1: the configuration is "x"/],
    [
      'unknown key',
      '{\n  "scope": {}\n}',
      /^downforce\.jsonc:2:3: the configuration has an unknown key "scope"; did you mean "scopes"\?$/,
    ],
    ['unknown key, nothing near', '{ "zzzzzz": 1 }', /unknown key "zzzzzz"; allowed: \$schema, base, budget/],
    [
      'unknown key in a check',
      '{ "checks": { "lint:a": { "run": "a", "timout": "1s" } } }',
      /:1:39: checks\.lint:a has an unknown key "timout"; did you mean "timeout"\?$/,
    ],
    [
      'unknown key in a scope',
      '{ "scopes": { "core": { "path": [] } } }',
      /scopes\.core has an unknown key "path"; did you mean "paths"\?/,
    ],
    [
      'wrong word',
      '{ "checks": { "lint:a": { "run": "a", "parse": "eslint-jsn" } } }',
      /:1:39: checks\.lint:a\.parse is "eslint-jsn": .*\(did you mean "eslint-json"\?\)$/,
    ],
    [
      'wrong runner',
      '{ "checks": { "test:a": { "runner": "vitets" } } }',
      /checks\.test:a\.runner is "vitets": .*\(did you mean "vitest"\?\)$/,
    ],
    ['wrong type', '{ "inert": "docs/**" }', /^downforce\.jsonc:1:3: inert is "docs\/\*\*": .*expected array/],
    ['wrong type inside', '{ "inert": ["a", 7] }', /:1:18: inert\.1 is 7: /],
    ['missing', '{ "scopes": { "core": {} } }', /scopes\.core\.paths is nothing: /],
    ['duration', '{ "budget": "3 minutes" }', /:1:3: budget is "3 minutes": must be a duration such as "90s"/],
    [
      'kind of check',
      '{ "checks": { "eslint": { "run": "a" } } }',
      /:1:15: checks\.eslint.* must be kind:NAME, kind being lint, types, test, build or security/,
    ],
    [
      'two ways to run',
      '{ "checks": { "test:a": { "run": "a", "runner": "jest" } } }',
      /checks\.test:a .*: has both "run" and "runner"; keep one/,
    ],
    [
      'too many retries',
      '{ "checks": { "test:a": { "run": "a", "retries": 99 } } }',
      /checks\.test:a\.retries is 99: /,
    ],
    [
      'unknown guard',
      '{ "guards": { "file-sise": "warn" } }',
      /guards has an unknown key "file-sise"; did you mean "file-size"\?/,
    ],
    ['wrong level', '{ "guards": { "boundaries": "blok" } }', /guards\.boundaries is "blok": .*did you mean "block"/],
    [
      'no regular expression',
      '{ "checks": { "lint:a": { "run": "a", "parse": { "regexp": "(", "file": 1, "line": 2, "message": 3 } } } }',
      /checks\.lint:a\.parse\.regexp is "\("/,
    ],
    [
      'problem pattern',
      '{ "checks": { "lint:a": { "run": "a", "parse": { "regexp": "x", "file": 1, "line": 2, "mesage": 3 } } } }',
      /checks\.lint:a\.parse(\.| has).*mesage.*did you mean "message"/,
    ],
  ])('%s', (_, text, expected) => expect(messages(text)).toContainEqual(expect.stringMatching(expected)));

  it.each([
    ['up', '{ "scopes": { "core": { "paths": ["../secret/**"] } } }'],
    ['up, inside', '{ "inert": ["a/../../b"] }'],
    ['absolute', '{ "checks": { "lint:a": { "run": "a", "cwd": "/etc" } } }'],
    ['absolute on Windows', '{ "checks": { "lint:a": { "run": "a", "report": "C:/x" } } }'],
    ['backslashes', '{ "checks": { "lint:a": { "run": "a", "cwd": "..\\\\x" } } }'],
  ])('a path out of the repository: %s', (_, text) =>
    expect(messages(text)[0]).toMatch(/must stay inside the repository/),
  );

  it('names all of them, up to eight', () => {
    const keys = (count: number): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`zzzzz${index}`, 1])));
    expect(messages(keys(3))).toHaveLength(3);
    expect(messages(keys(8))).toHaveLength(8);
    expect(messages(keys(11))).toEqual([
      ...Array<unknown>(8).fill(expect.stringContaining('unknown key')),
      '… and 3 more',
    ]);
  });

  it('is the user’s to mend', () => {
    expect(refusal('{')).toMatchObject({
      code: 'config/invalid',
      exitStatus: 2,
      hint: expect.stringContaining('downforce.jsonc'),
    });
  });

  it.each([
    '{"__proto__":{"inert":["**"]}}',
    '{"scopes":{"__proto__":{"paths":["a"]}}}',
    '{"checks":{"constructor":{}}}',
  ])('a name of the language changes nothing: %s', (text) => {
    try {
      expect(parseConfig(text, 'x').inert).toEqual([]);
    } catch (error) {
      expect(error).toBeInstanceOf(ExpectedError);
    }
    expect(Object.hasOwn(Object.prototype, 'inert')).toBe(false);
  });

  it('any text is accepted or refused in words', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>('a', 7, null, true, '10s', 'vitest'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'scopes',
            'checks',
            'lint:a',
            'run',
            'parse',
            'paths',
            'guards',
            'file-size',
            'boundaries',
            '',
            'x',
          ),
          tie('any'),
          { maxKeys: 4 },
        ),
      ),
    })).any;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          value.map((one) => JSON.stringify(one)),
        ),
        (text) => {
          try {
            expect(parseConfig(text, 'x')).toBeTypeOf('object');
          } catch (error) {
            expect(error).toBeInstanceOf(ExpectedError);
            expect(String(error)).not.toMatch(/\[object|is undefined/);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
