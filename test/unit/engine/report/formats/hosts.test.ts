import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toGithub } from '../../../../../src/engine/report/formats/github.ts';
import { toGitlab } from '../../../../../src/engine/report/formats/gitlab.ts';
import { toSarif } from '../../../../../src/engine/report/formats/sarif.ts';
import type { Finding } from '../../../../../src/protocol/finding.ts';
import { errored, failed, passed, sampleFinding, sampleResult } from '../../sample.ts';

function many(count: number, more: Partial<Finding> = {}): Finding[] {
  return Array.from({ length: count }, (_, index) => sampleFinding('error', { fingerprint: `f${index}`, ...more }));
}

function annotations(...findings: readonly Finding[]): readonly string[] {
  return toGithub([sampleResult(failed(...findings))])
    .split('\n')
    .filter((line) => line.startsWith('::'));
}

function sarif(...findings: readonly Finding[]) {
  return toSarif([sampleResult(failed(...findings))], '1.2.3').runs[0];
}

const HOSTILE = fc
  .array(
    fc.constantFrom(
      '::error::',
      '%',
      '\n',
      '\r',
      ',',
      ':',
      '::',
      '%0A',
      '𝒳',
      '\u001b[31m',
      '"',
      '<',
      'x',
      '..',
      '/',
      '#',
      '?',
      ' ',
    ),
  )
  .map((parts) => parts.join(''));

describe('github', () => {
  it.each<[string, Partial<Finding>, string]>([
    ['place and title', {}, '::error file=src/a.ts,line=3,endLine=3,col=5,title=lint/rule::wrong'],
    ['no place', { path: '' }, '::error title=lint/rule::wrong'],
    ['because', { because: 'so' }, '::error file=src/a.ts,line=3,endLine=3,col=5,title=lint/rule::wrong — so'],
    [
      'escapes of the path',
      { path: 'a,b:c%.ts' },
      '::error file=a%2Cb%3Ac%25.ts,line=3,endLine=3,col=5,title=lint/rule::wrong',
    ],
    [
      'escapes of the message',
      { message: '50% :: a,b' },
      '::error file=src/a.ts,line=3,endLine=3,col=5,title=lint/rule::50%25 :: a,b',
    ],
  ])('%s', (_, more, expected) => expect(annotations(sampleFinding('error', more))).toEqual([expected]));

  it('names no line where none is known', () => {
    const { range: _, ...rest } = sampleFinding();
    expect(annotations(rest)).toEqual(['::error file=src/a.ts,title=lint/rule::wrong']);
  });

  it.each([
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'notice'],
  ] as const)('shows %s as %s', (severity, level) => {
    expect(annotations(sampleFinding(severity))[0]?.startsWith(`::${level} `)).toBe(true);
  });

  it('shows ten of each level, and all that could not judge while there is room', () => {
    const findings = [...many(30), ...many(30, { severity: 'warning' }), ...many(3, { severity: 'info' })];
    const output = toGithub([
      sampleResult(failed(...findings)),
      ...[1, 2, 3].map((index) => sampleResult(errored('gone'), { id: `lint:${index}` })),
    ]);
    const count = (level: string): number => output.split('\n').filter((line) => line.startsWith(`::${level} `)).length;
    expect([count('warning'), count('notice')]).toEqual([10, 3]);
    expect(output).toContain('::error title=lint%3A1::gone');
    expect(count('error')).toBeLessThanOrEqual(10);
    expect(output).toContain('63 findings');
  });

  it('ends with the totals, and says only those where all is well', () => {
    expect(toGithub([sampleResult(passed)])).toBe(
      'Downforce: 1 checks (1 pass, 0 fail, 0 error, 0 timeout, 0 deferred, 0 skipped), 0 findings, 0 shown as annotations\n',
    );
    expect(toGithub([])).toMatch(/^Downforce: 0 checks/);
  });

  it('lets no text begin a command of its own or leave its line', () => {
    fc.assert(
      fc.property(HOSTILE, HOSTILE, HOSTILE, (message, path, code) => {
        const output = toGithub([
          sampleResult(failed(sampleFinding('error', { message, path, code }))),
          sampleResult(errored(message), { id: `lint:${code}` }),
        ]);
        const lines = output.trimEnd().split(/\r\n|\r|\n/);
        expect(lines).toHaveLength(3);
        for (const line of lines.slice(0, 2)) {
          const [, properties] = /^::error ([^:]*)::/.exec(line) ?? [];
          expect(properties?.split(',').every((property) => /^(file|line|endLine|col|title)=/.test(property))).toBe(
            true,
          );
        }
      }),
    );
  });
});

describe('gitlab', () => {
  it('is an issue a finding', () => {
    expect(toGitlab([sampleResult(failed(sampleFinding('warning', { because: 'so' })))])).toEqual([
      {
        description: 'wrong — so',
        check_name: 'lint/rule',
        fingerprint: 'f1',
        severity: 'minor',
        location: { path: 'src/a.ts', lines: { begin: 3 } },
      },
    ]);
  });

  it('gives equal findings fingerprints of their own', () => {
    const issues = toGitlab([sampleResult(failed(sampleFinding(), sampleFinding(), sampleFinding('info')))]);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });

  it('says what could not judge, before all else', () => {
    const issues = toGitlab([sampleResult(failed(sampleFinding())), sampleResult(errored('gone'), { id: 'lint:x' })]);
    expect(issues.map(({ severity, description }) => `${severity} ${description}`)).toEqual([
      'critical lint:x could not judge: gone',
      'major wrong',
    ]);
  });

  it('places what has no place at the root', () => {
    const { range: _, ...rest } = sampleFinding('error', { path: '' });
    expect(toGitlab([sampleResult(failed(rest))])[0]?.location).toEqual({ path: '.', lines: { begin: 1 } });
  });
});

describe('sarif', () => {
  it('is a result a finding, its rule named once', () => {
    const run = sarif(
      sampleFinding('warning'),
      sampleFinding('error', { code: 'lint/a', because: 'so', fingerprint: 'f2' }),
      sampleFinding('info', { path: '' }),
    );
    expect(run?.tool.driver).toMatchObject({
      name: 'Downforce',
      semanticVersion: '1.2.3',
      rules: [{ id: 'lint/a' }, { id: 'lint/rule' }],
    });
    expect(run?.results).toEqual([
      expect.objectContaining({
        ruleId: 'lint/a',
        ruleIndex: 0,
        level: 'error',
        message: { text: 'wrong — so' },
        partialFingerprints: { 'downforce/1': 'f2' },
      }),
      expect.objectContaining({ ruleId: 'lint/rule', ruleIndex: 1, level: 'warning' }),
      expect.objectContaining({ level: 'note' }),
    ]);
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'src/a.ts', uriBaseId: 'ROOT' },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
    });
    expect(run?.results?.[2]).not.toHaveProperty('locations');
  });

  it('keeps to 5,000 results, the gravest first, and says what it left out', () => {
    const run = sarif(...many(5001, { severity: 'warning' }), sampleFinding('error'));
    expect(run?.results).toHaveLength(5000);
    expect(run?.results?.[0]?.level).toBe('error');
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
      '2 further findings are left out.',
    );
  });

  it.each<[string, Parameters<typeof sampleResult>[0], boolean, string]>([
    ['an error', errored('gone'), false, 'lint:sample error: gone'],
    ['a time-out', { status: 'timeout', reason: 'slow', findings: [] }, false, 'lint:sample timeout: slow'],
    ['an interruption', { status: 'cancelled', reason: 'x' }, false, 'lint:sample cancelled: x'],
    ['what was deferred', { status: 'deferred', reason: 'x' }, true, 'lint:sample deferred: x'],
  ])('is never taken for clean after %s', (_, outcome, successful, text) => {
    const invocation = toSarif([sampleResult(outcome)], '1').runs[0]?.invocations?.[0];
    expect(invocation?.executionSuccessful).toBe(successful);
    expect(invocation?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([text]);
  });

  it('makes a relative URI of any path, from which the path comes back', () => {
    fc.assert(
      fc.property(fc.oneof(HOSTILE, fc.constantFrom('a b/c#d.ts', 'ü/%41.ts', 'c:/x.ts', '100%.ts')), (path) => {
        fc.pre(path !== '');
        const uri = sarif(sampleFinding('error', { path }))?.results?.[0]?.locations?.[0]?.physicalLocation
          ?.artifactLocation?.uri;
        expect(uri).toMatch(/^[\w.~!*'()%/-]+$/);
        expect(decodeURIComponent(uri ?? '')).toBe(path);
      }),
    );
  });

  it('does not break on a path that is no Unicode', () => {
    expect(() => sarif(sampleFinding('error', { path: 'a\ud800.ts' }))).not.toThrow();
  });
});
