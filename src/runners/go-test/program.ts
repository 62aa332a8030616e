import { readPlaceLog } from '../../engine/mutation/programs/place-log.ts';
import {
  NOTHING_REACHED,
  type ProgramRun,
  type ProgramTest,
  type TestProgram,
} from '../../engine/mutation/programs/test-program.ts';
import type { ProcessOutcome } from '../../engine/ports.ts';
import { cut, oneLine } from '../../engine/text.ts';
import type { GoBench } from './bench.ts';
import type { TestedPackage } from './packages.ts';
import { LOG_VARIABLE, MUTANT_VARIABLE } from './runtime-text.ts';

const MAX_OUTPUT = 8 * 1024 * 1024;
let runs = 0;

/** A test binary, run as `go test -json` does, but in a copy of the tree. */
export function goProgram(tested: TestedPackage, binary: string, bench: GoBench): TestProgram {
  const { command, copy, scratch } = bench;
  const { deps, env } = command;
  const cwd = copy.inside(deps.absolute(tested.dir));
  return {
    name: tested.importPath,
    selects: true,
    fileOf: (test) => tested.tests.get(test) ?? tested.testFiles[0] ?? '',
    run: async ({ mutant, tests, timeoutMs }, signal) => {
      const log = `places/${runs++}`;
      const only = tests === undefined ? [] : [`-test.run=^(?:${tests.join('|')})$`];
      const words = mutant === 0 ? only : [...only, '-test.failfast'];
      const outcome = await deps.processes.run(
        {
          argv: [binary, '-test.paniconexit0', '-test.timeout=10m0s', '-test.v=test2json', ...words],
          cwd,
          env: {
            ...copy.env,
            ...env,
            PWD: cwd,
            [MUTANT_VARIABLE]: String(mutant),
            [LOG_VARIABLE]: scratch.write(log, ''),
          },
          timeoutMs,
          maxBytes: MAX_OUTPUT,
        },
        signal,
      );
      const run = readRun(outcome, scratch.read(log) ?? '', mutant);
      // Tests that were cut off have not cleared up.
      if (mutant !== 0 && run.end !== 'pass') copy.reset();
      return run;
    },
  };
}

function readRun(outcome: ProcessOutcome, log: string, mutant: number): ProgramRun {
  if (outcome.kind === 'missing')
    return { end: 'unable', tests: [], reaches: NOTHING_REACHED, durationMs: 0, message: outcome.message };
  const { reaches, over } = readPlaceLog(log);
  const { stdout, stderr, durationMs } = outcome;
  const told = testsIn(stdout);
  const common = { tests: told, reaches, durationMs };
  if (outcome.kind === 'cancelled' || outcome.kind === 'timeout') return { ...common, end: outcome.kind };
  if (outcome.kind === 'exited' && outcome.code === 0) return { ...common, end: 'pass' };
  if (mutant !== 0 && over.has(mutant)) return { ...common, end: 'endless', message: 'an endless loop' };
  return { ...common, tests: withBroken(told, stdout), end: 'fail', message: complaint(stdout, stderr, outcome) };
}

const RESULT = /^\x16?--- (PASS|FAIL|SKIP): (\S+) \(([\d.]+)s\)/gm;
const STATUS = { PASS: 'pass', FAIL: 'fail', SKIP: 'skip' } as const;

function testsIn(stdout: string): readonly ProgramTest[] {
  return [...stdout.matchAll(RESULT)].map(([, word, name = '', seconds]) => ({
    name,
    status: STATUS[word === 'PASS' || word === 'SKIP' ? word : 'FAIL'],
    durationMs: Number(seconds) * 1000,
  }));
}

/** A test that took the process along has not ended. */
function withBroken(told: readonly ProgramTest[], stdout: string): readonly ProgramTest[] {
  if (told.some(({ status }) => status === 'fail')) return told;
  const begun = [...stdout.matchAll(/^\x16?=== (?:RUN|CONT) +([^\s/]+)$/gm)].map(([, name = '']) => name);
  const ended = new Set(told.map(({ name }) => name));
  const open = begun.findLast((name) => !ended.has(name));
  return open === undefined ? told : [...told, { name: open, status: 'fail', durationMs: 0 }];
}

function complaint(stdout: string, stderr: string, outcome: ProcessOutcome): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.replace(/^\x16/, ''));
  const panic = lines.find((line) => /^(?:panic|fatal error): /.test(line));
  const logged = lines.filter((line) => /^\s+[^\s:]+\.go:\d+: ?\S/.test(line)).at(-1);
  const how = outcome.kind === 'exited' ? `it exited with ${outcome.code}` : `it was ended: ${outcome.kind}`;
  return cut(oneLine((panic ?? logged ?? how).trim()), 200);
}
