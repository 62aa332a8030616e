import type { EnvelopeResult } from '../../protocol/envelope.ts';
import type { Change } from '../change/change.ts';
import type { BlastRadius } from '../scopes/blast-radius.ts';
import { bounded, boundedTexts } from './details.ts';

/** What was judged: the change, and how far it may reach. */
export type ScopeReport = EnvelopeResult['scope'];

const MAX_SCOPES = 30;
const MAX_REASONS = 10;

export function scopeReport(change: Change, radius: BlastRadius): ScopeReport {
  return {
    base: change.base?.slice(0, 12) ?? null,
    base_name: change.baseName ?? null,
    changed_files: change.files.length,
    inert_files: [...radius.fates.values()].filter((fate) => fate.kind === 'inert').length,
    expanded_scopes: [...radius.scopes.keys()],
    fallback: radius.reasons.length > 0 ? 'gate' : null,
    widening_reasons: radius.reasons.map(({ code, path, text }) =>
      path === undefined ? { code, text } : { code, path, text },
    ),
    omitted_widening_reasons: 0,
  };
}

export function boundedScope(scope: ScopeReport): ScopeReport {
  return {
    ...scope,
    base_name: scope.base_name === null ? null : bounded(scope.base_name),
    expanded_scopes: scope.expanded_scopes.slice(0, MAX_SCOPES).map(bounded),
    widening_reasons: scope.widening_reasons.slice(0, MAX_REASONS).map(boundedTexts),
    omitted_widening_reasons: Math.max(0, scope.widening_reasons.length - MAX_REASONS),
  };
}
