import type { CheckResult } from '../engine/checks/result.ts';
import { plural } from '../engine/text.ts';
import type { Problem } from '../protocol/lsp.ts';

/** One line: `1 failed, 5 passed`. */
export function summarize(results: readonly CheckResult[], problem: Problem | undefined): string {
  const count = (...statuses: string[]): number =>
    results.filter(({ outcome }) => statuses.includes(outcome.status)).length;
  const [failed, errored, passed, deferred] = [
    count('fail'),
    count('error', 'timeout'),
    count('pass'),
    count('deferred'),
  ];
  const parts = [
    failed > 0 ? `${failed} failed` : '',
    errored > 0 ? `${errored} could not judge` : '',
    passed > 0 ? `${passed} passed` : '',
    deferred > 0 ? `${deferred} deferred` : '',
  ].filter((part) => part !== '');
  if (parts.length > 0) return parts.join(', ');
  return problem?.message ?? `${plural(results.length, 'check')}, nothing to look at`;
}
