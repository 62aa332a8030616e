import { judge } from '../checks/judge.ts';
import type { CheckOutcome } from '../checks/result.ts';
import type { LanguageId } from '../language.ts';
import type { ProcessOutcome } from '../ports.ts';
import type { MutantDeps, MutantJob, Sandbox } from './mutant-runner.ts';

/** How the test command of a check ended in a copy of the tree. */
export interface Attempt {
  readonly verdict: CheckOutcome;
  readonly outcome?: ProcessOutcome;
  readonly durationMs: number;
}

const MAX_OUTPUT = 4 * 1024 * 1024;

/** Runs the command as the check would have it, with all that it names of the original led into the copy. */
export async function attempt(
  sandbox: Pick<Sandbox, 'root' | 'inside' | 'env'>,
  { check, testFiles }: Pick<MutantJob, 'check' | 'testFiles'>,
  timeoutMs: number,
  deps: MutantDeps,
  signal: AbortSignal,
): Promise<Attempt> {
  const scratch = deps.createScratch();
  try {
    const target = testFiles.length === 0 ? ({ kind: 'all' } as const) : ({ kind: 'files', paths: testFiles } as const);
    const invocation = check.invoke(target, scratch.dir);
    if (invocation.kind === 'missing') return unable(`${invocation.program} is not there: ${invocation.hint}`);
    if (invocation.kind === 'nothing') return unable(invocation.reason);
    const [program, ...args] = invocation.argv;
    const cwd = sandbox.inside(deps.absolute(check.cwd));
    const own = Object.entries({ PATH: deps.searchPath(check), ...invocation.env });
    scratch.watch((invocation.reports ?? []).map((path) => sandbox.inside(path)));
    const outcome = await deps.processes.run(
      {
        argv: [sandbox.inside(program), ...args.map((arg) => sandbox.inside(arg))],
        cwd,
        env: {
          ...sandbox.env,
          ...Object.fromEntries(own.map(([name, value]) => [name, sandbox.inside(value)])),
          PWD: cwd,
        },
        timeoutMs,
        maxBytes: MAX_OUTPUT,
      },
      signal,
    );
    const context = invocation.context === undefined ? [] : [invocation.context];
    const reports = [...context, ...scratch.reports()];
    const verdict = judge({ check, outcome, reports, root: sandbox.root, cwd, digest: deps.digest });
    return { verdict, outcome, durationMs: 'durationMs' in outcome ? outcome.durationMs : 0 };
  } finally {
    scratch.dispose();
  }
}

function unable(reason: string): Attempt {
  return { verdict: { status: 'error', reason, findings: [] }, durationMs: 0 };
}

/** What compilers say that refuse a program. Output of tests may look like it, so the original's must not. */
const REFUSALS: Partial<Record<LanguageId, RegExp>> = {
  typescript: /\berror TS\d+:|\bTS\d{4,5}: /,
  java: /COMPILATION ERROR|Compilation failed; see the compiler|Execution failed for task ':[\w:-]*compile/,
  go: /\[(?:build|setup) failed\]/,
  rust: /error: could not compile/,
};

/** Whether the command failed because the program does not compile, not because of a test. */
export function isRefused({ verdict, outcome }: Attempt, language: LanguageId): boolean {
  const refusal = REFUSALS[language];
  if (refusal === undefined || outcome === undefined || !('stdout' in outcome)) return false;
  const errors = 'findings' in verdict ? verdict.findings.filter(({ severity }) => severity === 'error') : [];
  if (errors.length > 1) return errors.every(({ message, code }) => code.startsWith('build/') || refusal.test(message));
  return refusal.test(outcome.stdout) || refusal.test(outcome.stderr);
}
