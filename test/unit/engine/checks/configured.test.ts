import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/engine/checks/check.ts';
import { configuredChecks } from '../../../../src/engine/checks/configured.ts';
import { parseConfig } from '../../../../src/engine/config/load-config.ts';
import { ExpectedError } from '../../../../src/engine/errors.ts';
import { commandOf, coveredOf, memoryWorkspace, onFiles } from '../../memory-workspace.ts';
import { sampleCheck } from '../sample.ts';

const FILES = {
  'packages/core/package.json': '{}',
  'packages/core/a.ts': '',
  'packages/lib/package.json': '{}',
  'packages/lib/-b.ts': '',
};

/** Programs by name; a detected linter and a detected vitest for each package and the root. */
const DETECTED: readonly Check[] = [
  sampleCheck({ id: 'lint:eslint', tool: 'eslint', timeoutMs: 1000, env: ['A'] }),
  sampleCheck({ id: 'test:core', kind: 'test', tool: 'vitest', scope: 'core', cwd: 'packages/core' }),
  sampleCheck({ id: 'test:lib', kind: 'test', tool: 'vitest', scope: 'lib', cwd: 'packages/lib' }),
];

function configured(checks: Readonly<Record<string, object>>, detected = DETECTED, installed = {}): readonly Check[] {
  const config = parseConfig(JSON.stringify({ checks }), 'downforce.jsonc');
  return configuredChecks(config, detected, memoryWorkspace(FILES, installed));
}

function one(entry: object, id = 'lint:mine', installed = {}): Check {
  const found = configured({ [id]: entry }, DETECTED, installed).find((check) => check.id === id);
  if (found === undefined) throw new Error('no such check');
  return found;
}

function refusal(checks: Readonly<Record<string, object>>): string {
  try {
    configured(checks);
  } catch (error) {
    if (error instanceof ExpectedError) return `${error.exitStatus} ${error.message} ${error.hint}`;
    throw error;
  }
  return 'accepted';
}

describe('a command', () => {
  it.each<[string, object, string]>([
    ['words', { run: 'mine --flag "a b"' }, '/bin/mine --flag a b'],
    ['a list', { run: ['mine', 'a b', '$HOME'] }, '/bin/mine a b $HOME'],
    ['files', { run: 'mine {files}' }, '/bin/mine packages/core/a.ts packages/lib/-b.ts'],
    ['files from its folder', { run: 'mine {files}', cwd: 'packages/lib' }, '/bin/mine ../core/a.ts ./-b.ts'],
    ['the root of no scope', { run: 'mine -p {scope.root}' }, '/bin/mine -p .'],
    ['the root of its scope', { run: 'mine -p {scope.root}/x', scope: 'core' }, '/bin/mine -p packages/core/x'],
    ['a script', { run: './run.sh' }, '/repo/run.sh'],
    ['a script of its folder', { run: './run.sh', cwd: 'packages/lib' }, '/repo/packages/lib/run.sh'],
    ['a program of the virtual environment', { run: 'flake8 .' }, '/bin/flake8 .'],
  ])('is run without a shell: %s', (_, entry, expected) => {
    expect(commandOf(one(entry), onFiles('packages/core/a.ts', 'packages/lib/-b.ts', 'gone.ts'))).toBe(expected);
  });

  it.each([
    [{ node: [] }, '/venv/mine'],
    [{ node: [], python: [] }, '/usr/mine'],
    [{ node: [], python: [], path: [] }, 'mine'],
  ])('is looked up in node packages, the virtual environment, the path: %j', (installed, expected) => {
    expect(commandOf(one({ run: 'mine' }, 'lint:mine', installed))).toBe(expected);
  });

  it('that was not found keeps its verdicts out of the cache', () => {
    expect(one({ run: 'mine' }).executables).toEqual(['/bin/mine']);
    expect(one({ run: 'mine' }, 'lint:mine', { node: [], python: [], path: [] }).executables).toEqual([]);
  });

  it('on everything gets the folder for its files', () => {
    expect(commandOf(one({ run: 'mine {files}' }))).toBe('/bin/mine .');
  });

  it('is asked for the whole scope where it cannot take files', () => {
    expect(one({ run: 'mine {files}', scope: 'core' }).narrowing).toBe('changed');
    expect(one({ run: 'mine {files}' }, 'test:mine').narrowing).toBe('affected');
    expect(one({ run: 'mine' }).narrowing).toBe('whole');
  });

  it('with files outside its scope is called for by its own only', () => {
    const paths = ['packages/core/a.ts', 'packages/lib/-b.ts', '.hidden/c.ts'];
    expect(coveredOf(one({ run: 'mine', scope: 'core' }), paths)).toEqual(['packages/core/a.ts']);
    expect(coveredOf(one({ run: 'mine', covers: ['**/*.ts'] }), paths)).toEqual(paths);
    expect(coveredOf(one({ run: 'mine' }), paths)).toEqual(paths);
  });

  it.each<[string, object, string, Partial<Check>]>([
    ['defaults of a linter', {}, 'lint:mine', { kind: 'lint', tool: 'mine', timeoutMs: 120_000, retries: 0, env: [] }],
    ['defaults of tests', {}, 'test:mine', { kind: 'test', timeoutMs: 600_000 }],
    [
      'what is given',
      { timeout: '5s', retries: 2, env: ['X'], cwd: 'packages/core' },
      'build:mine',
      { kind: 'build', timeoutMs: 5000, retries: 2, env: ['X'], cwd: 'packages/core', scope: 'core' },
    ],
    ['its own scope before that of its folder', { scope: 'lib', cwd: 'packages/core' }, 'lint:mine', { scope: 'lib' }],
  ])('has %s', (_, entry, id, expected) => expect(one({ run: 'mine', ...entry }, id)).toMatchObject(expected));

  it('is read by the parser it names', () => {
    const output = {
      stdout: '1..1\nnot ok 1 - a\n',
      stderr: '',
      exitCode: 1,
      reports: [],
      truncated: false,
      root: '/repo',
      cwd: '/repo',
    };
    const codes = (entry: object) => {
      const found = one({ run: 'mine', ...entry }).parse(output);
      return found.kind === 'parsed' ? found.findings.map(({ code, message }) => `${code} ${message}`) : [];
    };
    expect(codes({})).toEqual([expect.stringMatching(/^check\/failed exited with 1/)]);
    expect(codes({ parse: 'tap' })).toEqual([expect.stringMatching(/^test\/failed/)]);
    expect(codes({ parse: { regexp: '^not ok (\\d+) - (\\w+)', file: 2, line: 1, message: 2 } })).toHaveLength(1);
  });

  it('may write a report in its folder', () => {
    const { invoke } = one({ run: 'mine', report: 'out/r.xml', cwd: 'packages/core' });
    expect(invoke({ kind: 'all' }, '/scratch')).toMatchObject({ reports: ['/repo/packages/core/out/r.xml'] });
  });

  it('has a fallback of the same kind that is tried once', () => {
    const { fallback } = one({ run: 'mine {files}', fallback: 'second .', retries: 3, parse: 'tap' });
    expect(fallback).toMatchObject({ tool: 'second', retries: 0, kind: 'lint' });
    expect(fallback?.fallback).toBeUndefined();
  });
});

describe('an entry for a detected check', () => {
  it('adjusts it', () => {
    const check = one({ timeout: '9s', retries: 1, env: ['B'], covers: ['x/**'] }, 'lint:eslint');
    expect(check).toMatchObject({
      tool: 'eslint',
      timeoutMs: 9000,
      retries: 1,
      env: ['A', 'B'],
      evidence: 'downforce.jsonc',
    });
    expect(coveredOf(check, ['x/a', 'y/a'])).toEqual(['x/a']);
  });

  it('leaves alone what it does not speak of', () => {
    expect(one({}, 'lint:eslint')).toMatchObject({ timeoutMs: 1000, env: ['A'] });
  });

  it('switches it off, or replaces it', () => {
    expect(configured({ 'lint:eslint': { off: true } }).map(({ id }) => id)).toEqual(['test:core', 'test:lib']);
    expect(configured({ 'lint:eslint': { run: 'mine' } }).map(({ id, tool }) => `${id} ${tool}`)).toEqual([
      'test:core vitest',
      'test:lib vitest',
      'lint:eslint mine',
    ]);
  });

  it('that is switched off is not looked at further', () => {
    expect(refusal({ 'lint:none': { off: true, scope: 'none' } })).toBe('accepted');
  });

  it.each([
    ['lib', 'test:mine'],
    ['core', 'test:core'],
  ])('takes a runner of the scope %s', (scope, id) => {
    expect(one({ runner: 'vitest', scope }, id)).toMatchObject({ scope, cwd: `packages/${scope}` });
  });
});

describe('a mistake', () => {
  it.each<[string, Readonly<Record<string, object>>, RegExp]>([
    [
      'scope',
      { 'lint:a': { run: 'x', scope: 'coer' } },
      /^2 .*checks\.lint:a\.scope is "coer", which is no scope\. Did you mean "core"\?$/,
    ],
    ['scope, nothing near', { 'lint:a': { run: 'x', scope: 'zzzzzzzz' } }, /There are: core, lib\.$/],
    ['runner', { 'test:a': { runner: 'pytest' } }, /names the runner pytest, which was not found here\. Give it "run"/],
    [
      'runner of a scope',
      { 'test:a': { runner: 'vitest', scope: 'core' }, 'test:b': { runner: 'jest', scope: 'core' } },
      /test:b names the runner jest/,
    ],
    ['nothing to run', { 'lint:a': {} }, /checks\.lint:a has neither "run" nor "runner"/],
    ['near a detected check', { 'lint:eslnt': { timeout: '1s' } }, /did you mean "lint:eslint"/i],
    [
      'two commands',
      { 'lint:a': { run: 'a && b' } },
      /checks\.lint:a\.run is "a && b", which needs a shell\. Commands run without one/,
    ],
    ['pipe', { 'lint:a': { run: 'a | b' } }, /needs a shell/],
    ['substitution', { 'lint:a': { run: 'a $(b)' } }, /needs a shell/],
    ['variable', { 'lint:a': { run: 'a $HOME/x' } }, /needs a shell/],
    ['redirection', { 'lint:a': { run: 'a > out.txt' } }, /needs a shell/],
    ['assignment', { 'lint:a': { run: 'A=1 a' } }, /needs a shell/],
    ['nothing', { 'lint:a': { run: '  ' } }, /needs a shell/],
    ['fallback', { 'lint:a': { run: 'a', fallback: 'b; c' } }, /needs a shell/],
  ])('is named with what would be right: %s', (_, checks, expected) => expect(refusal(checks)).toMatch(expected));
});
