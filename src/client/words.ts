import { l10n } from 'vscode';
import type { Finding } from '../protocol/finding.ts';
import type { CheckState, Stage, StageStatus } from '../protocol/lsp.ts';

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  loop: l10n.t('Loop'),
  mutate: l10n.t('Mutants'),
  gate: l10n.t('Gate'),
};

/** In words, so that nothing is said by colour alone. */
export function statusWord(status: StageStatus | CheckState['status']): string {
  const words: Readonly<Record<typeof status, string>> = {
    never: l10n.t('not run yet'),
    running: l10n.t('running'),
    waiting: l10n.t('waiting'),
    passed: l10n.t('passed'),
    pass: l10n.t('passed'),
    failed: l10n.t('failed'),
    fail: l10n.t('failed'),
    error: l10n.t('could not judge'),
    timeout: l10n.t('timed out'),
    deferred: l10n.t('deferred'),
    skipped: l10n.t('skipped'),
    cancelled: l10n.t('cancelled'),
    stale: l10n.t('out of date'),
    off: l10n.t('off'),
  };
  return words[status];
}

export function severityWord(severity: Finding['severity']): string {
  const words = { error: l10n.t('error'), warning: l10n.t('warning'), info: l10n.t('information') };
  return words[severity];
}

export function seconds(ms: number): string {
  if (ms <= 0) return '';
  return ms < 10_000 ? l10n.t('{0} s', (ms / 1000).toFixed(1)) : l10n.t('{0} s', Math.round(ms / 1000));
}

const MINUTE = 60_000;

export function ago(at: string | undefined): string {
  if (at === undefined) return '';
  const ms = Date.now() - Date.parse(at);
  if (ms < MINUTE) return l10n.t('just now');
  if (ms < 60 * MINUTE) return l10n.t('{0} min ago', Math.floor(ms / MINUTE));
  return l10n.t('{0} h ago', Math.floor(ms / (60 * MINUTE)));
}
