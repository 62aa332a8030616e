import type { Waiver } from '../../../../src/protocol/waivers.ts';

export function sampleWaiver(more: Partial<Waiver> = {}): Waiver {
  return {
    fingerprint: 'm-0123456789',
    code: 'mutant/survived',
    path: 'a.ts',
    text: '`>` → `>=` in if (a > b) {',
    lines: 1,
    content: '0123456789abcdef',
    reason: 'both bounds give the same page',
    who: 'Ada <ada@example.org>',
    when: '2026-11-21',
    ...more,
  };
}

export function placed(waiver: Waiver) {
  return { waiver, range: { start: { line: 4, column: 5 }, end: { line: 9, column: 6 } } };
}
