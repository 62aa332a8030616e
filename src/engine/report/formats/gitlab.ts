import type { Envelope } from '../../../protocol/envelope.ts';
import type { CheckResult } from '../../checks/result.ts';
import { gravestFirst } from './sarif.ts';

const SEVERITY = { error: 'major', warning: 'minor', info: 'info' } as const;

export interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/**
 * GitLab's Code Quality report; fingerprints are unique in it, as GitLab merges equal ones.
 * @param error what keeps the whole from being judged.
 */
export function toGitlab(results: readonly CheckResult[], error?: Envelope['error']): readonly CodeQualityIssue[] {
  const seen = new Map<string, number>();
  const issues = gravestFirst(results).map((finding): CodeQualityIssue => {
    const count = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, count + 1);
    return {
      description: finding.because === undefined ? finding.message : `${finding.message} — ${finding.because}`,
      check_name: finding.code,
      fingerprint: count === 0 ? finding.fingerprint : `${finding.fingerprint}-${count}`,
      severity: SEVERITY[finding.severity],
      location: { path: finding.path === '' ? '.' : finding.path, lines: { begin: finding.range?.start.line ?? 1 } },
    };
  });
  const unjudged = results.flatMap(({ check, outcome }) =>
    outcome.status === 'error' || outcome.status === 'timeout'
      ? [critical(check.id, `${check.id} could not judge: ${outcome.reason}`)]
      : [],
  );
  return [
    ...(error === undefined ? [] : [critical(error.code, `${error.message} ${error.hint}`)]),
    ...unjudged,
    ...issues,
  ];
}

/** Of no place: nothing was judged, so nothing is clean. */
function critical(name: string, description: string): CodeQualityIssue {
  return {
    description,
    check_name: name,
    fingerprint: `unjudged-${name}`,
    severity: 'critical',
    location: { path: '.', lines: { begin: 1 } },
  };
}
