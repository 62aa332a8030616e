import type { Severity } from '../../protocol/finding.ts';

/** The many words for three severities; an unknown word is an error, so that nothing is played down. */
export function severityOf(word: unknown, fallback: Severity = 'error'): Severity {
  if (typeof word !== 'string') return fallback;
  switch (word.toLowerCase()) {
    case 'warning':
    case 'warn':
    case 'medium':
    case 'w':
      return 'warning';
    case 'information':
    case 'info':
    case 'hint':
    case 'note':
    case 'none':
    case 'help':
    case 'advice':
    case 'low':
    case 'i':
      return 'info';
    case 'error':
    case 'fatal':
    case 'high':
    case 'critical':
    case 'e':
      return 'error';
    default:
      return fallback;
  }
}
