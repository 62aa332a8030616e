import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/engine/checks/check.ts';
import type { Parsed } from '../../../../src/engine/checks/format.ts';
import { complete, judge } from '../../../../src/engine/checks/judge.ts';
import type { CheckOutcome } from '../../../../src/engine/checks/result.ts';
import type { ProcessOutcome } from '../../../../src/engine/ports.ts';
import type { RawFinding } from '../../../../src/protocol/finding.ts';
import { sha256 } from '../line-language.ts';
import { exited, parsed, rawFinding, sampleCheck } from '../sample.ts';

function verdict(outcome: ProcessOutcome, check: Partial<Check> = {}): CheckOutcome {
  return judge({ check: sampleCheck(check), outcome, reports: [], root: '/r', cwd: '/r', digest: sha256 });
}

/** The verdict on a tool that exited so and whose output was read so. */
function status(code: number, answer: Parsed, check: Partial<Check> = {}): CheckOutcome['status'] {
  return verdict(exited(code), { ...check, parse: () => answer }).status;
}

function reasonOf(outcome: CheckOutcome): string {
  return 'reason' in outcome ? outcome.reason : '';
}

const ERROR = rawFinding('error');
const WARNING = rawFinding('warning');
const INFO = rawFinding('info');

describe('exit status × findings × examined', () => {
  it.each<[code: number, findings: readonly RawFinding[], examined: number | undefined, lint: string, test: string]>([
    [0, [], undefined, 'pass', 'pass'],
    [0, [], 1, 'pass', 'pass'],
    [0, [], 0, 'error', 'error'],
    [0, [INFO], 1, 'pass', 'pass'],
    [0, [WARNING], 1, 'pass', 'pass'],
    [0, [WARNING], 0, 'error', 'error'],
    [0, [ERROR], undefined, 'fail', 'fail'],
    [0, [ERROR], 1, 'fail', 'fail'],
    [0, [ERROR], 0, 'fail', 'fail'],
    [0, [WARNING, ERROR], 1, 'fail', 'fail'],
    [1, [], undefined, 'error', 'error'],
    [1, [], 1, 'error', 'error'],
    [1, [], 0, 'error', 'error'],
    [1, [ERROR], 1, 'fail', 'fail'],
    [1, [ERROR], 0, 'fail', 'fail'],
    [1, [INFO, ERROR], undefined, 'fail', 'fail'],
    [2, [], 1, 'error', 'error'],
    [2, [ERROR], 1, 'fail', 'fail'],
    [2, [WARNING], 1, 'error', 'error'],
    [127, [], undefined, 'error', 'error'],
    [-1, [], 1, 'error', 'error'],
  ])('%i %j %s: lint %s, test %s', (code, findings, examined, lint, test) => {
    expect(status(code, parsed(findings, examined))).toBe(lint);
    expect(status(code, parsed(findings, examined), { kind: 'test' })).toBe(test);
  });

  it('fails a linter that was told to go out with 1 over warnings', () => {
    expect(status(1, parsed([WARNING], 3))).toBe('fail');
  });

  it.each([
    [0, 'pass'],
    [1, 'error'],
  ])('lets a check that may look at nothing do so: exit %i', (code, expected) => {
    expect(status(code, parsed([], 0), { mustExamine: false })).toBe(expected);
  });

  it.each([
    [0, [], 1],
    [1, [], 1],
    [0, [WARNING], 0],
    [1, [ERROR], undefined],
  ])('takes the tool’s own word for a failure: exit %i %j %s', (code, findings, examined) => {
    expect(status(code, parsed(findings, examined, { failed: 'coverage below 80 %' }))).toBe('fail');
  });

  it('makes a finding of the tool’s own word only where no error says it', () => {
    const answer = (findings: readonly RawFinding[]): Parsed => parsed(findings, 1, { failed: 'coverage below 80 %' });
    const told = (findings: readonly RawFinding[]) => {
      const outcome = verdict(exited(1), { kind: 'test', parse: () => answer(findings) });
      return 'findings' in outcome ? outcome.findings.map(({ code, message }) => `${code} ${message}`) : [];
    };
    expect(told([WARNING])).toEqual(['lint/rule wrong', 'test/failed coverage below 80 %']);
    expect(told([ERROR])).toEqual(['lint/rule wrong']);
  });

  it.each([0, 1])('is no pass where the output could not be read: exit %i', (code) => {
    const outcome = verdict(exited(code, '{', 'boom: cannot find module x'), {
      parse: () => ({ kind: 'unparseable', reason: 'not JSON' }),
    });
    expect(outcome.status).toBe('error');
    expect(reasonOf(outcome)).toBe(
      `sample exited ${code}, and its output could not be read: not JSON: boom: cannot find module x`,
    );
  });

  it('passes only on exit 0, whatever was found, and never with an error among it', () => {
    const severity = fc.constantFrom('error', 'warning', 'info');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 255 }),
        fc.array(severity),
        fc.option(fc.nat(3), { nil: undefined }),
        fc.constantFrom('lint', 'test', 'types'),
        (code, severities, examined, kind) => {
          const outcome = status(
            code,
            parsed(
              severities.map((one) => rawFinding(one)),
              examined,
            ),
            { kind },
          );
          const clean = code === 0 && !severities.includes('error') && examined !== 0;
          expect(outcome === 'pass').toBe(clean);
          if (severities.includes('error')) expect(outcome).toBe('fail');
        },
      ),
    );
  });
});

describe('how the process ended', () => {
  const output = { stdout: '', stderr: '', truncated: false, durationMs: 61_000 };
  it.each<[ProcessOutcome, string, string]>([
    [{ kind: 'missing', program: 'sample', message: 'ENOENT' }, 'error', 'could not start sample: ENOENT'],
    [{ kind: 'cancelled', ...output }, 'cancelled', 'interrupted'],
    [{ kind: 'timeout', ...output }, 'timeout', 'stopped after 61 s'],
    [{ kind: 'timeout', ...output, durationMs: 1500 }, 'timeout', 'stopped after 1.5 s'],
    [{ kind: 'signalled', signal: 'SIGKILL', ...output }, 'error', 'sample was ended by SIGKILL'],
    [
      { kind: 'signalled', signal: 'SIGSEGV', ...output, stderr: 'a\nheap error\nb\n' },
      'error',
      'sample was ended by SIGSEGV: heap error',
    ],
  ])('%j', (outcome, expected, reason) => {
    const found = verdict(outcome, { parse: () => parsed([], 1) });
    expect(found.status).toBe(expected);
    expect(reasonOf(found)).toBe(reason);
  });

  it('hands the parser all that it printed and wrote', () => {
    const seen: unknown[] = [];
    const check = sampleCheck({
      parse: (given) => {
        seen.push(given);
        return parsed([], 1);
      },
    });
    const outcome: ProcessOutcome = {
      kind: 'exited',
      code: 3,
      stdout: 'o',
      stderr: 'e',
      truncated: true,
      durationMs: 1,
    };
    judge({ check, outcome, reports: ['r'], root: '/r', cwd: '/r/c', digest: sha256 });
    expect(seen).toEqual([
      { stdout: 'o', stderr: 'e', truncated: true, exitCode: 3, reports: ['r'], root: '/r', cwd: '/r/c' },
    ]);
  });
});

describe('the reason', () => {
  it.each([
    ['the line that names an error', 'start\nError: cannot read x\nend', '', 'Error: cannot read x'],
    ['the last line', 'one\ntwo\n\n', '', 'two'],
    ['standard output where the other is empty', '  \n', 'only here', 'only here'],
    ['no stack frames', '    at f (x.js:1:1)\nNode.js v24.0.0', 'x', undefined],
    ['no colours', '\u001b[31mbad\u001b[0m', '', 'bad'],
    ['no control characters', 'a\u0007b', '', 'a\\u0007b'],
  ])('is %s', (_, stderr, stdout, said) => {
    expect(reasonOf(verdict(exited(1, stdout, stderr)))).toBe(
      `sample exited 1 without naming a problem${said === undefined ? '' : `: ${said}`}`,
    );
  });

  it('stays short, whatever the tool prints', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (text) => {
        const reason = reasonOf(verdict(exited(1, text, text)));
        expect(reason.length).toBeLessThan(220);
        expect(reason).not.toContain('\n');
      }),
    );
  });
});

describe('a finding', () => {
  const of = (more: Partial<RawFinding>) =>
    complete(rawFinding('error', more), { scope: 'core', tool: 'x' }, sha256).fingerprint;
  it('keeps its fingerprint where it only moved', () => {
    const range = { start: { line: 9, column: 1 }, end: { line: 9, column: 2 } };
    expect(of({ range })).toBe(of({}));
    expect(of({ message: 'line 12 is wrong' })).toBe(of({ message: 'line 7 is wrong' }));
  });

  it.each<Partial<RawFinding>>([{ code: 'lint/other' }, { path: 'src/b.ts' }, { message: 'other' }])(
    'has its own: %j',
    (more) => {
      expect(of(more)).not.toBe(of({}));
    },
  );

  it('has a fingerprint of hex digits, and the scope of its check', () => {
    expect(complete(ERROR, { scope: 'core', tool: 'x' }, sha256)).toEqual({
      ...ERROR,
      scope: 'core',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });
});
