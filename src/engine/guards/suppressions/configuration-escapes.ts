import type { RawFinding } from '../../../protocol/finding.ts';
import { cut, oneLine } from '../../text.ts';
import type { ChangedText } from '../changed-texts.ts';
import { rangeOf } from '../place.ts';
import { type Escape, readStance, type Stance } from './stance.ts';

/** Settings of one changed configuration that check less than the base's did. */
export function findConfigurationEscapes({ path, basePath, base, head }: ChangedText): readonly RawFinding[] {
  if (head === undefined) return [];
  const before = base === undefined ? undefined : readStance(basePath, base);
  const now = readStance(path, head);
  return [...added(now, before), ...lowered(now, before)].map(({ tool, message, needle, code }) => ({
    code: 'suppression/configuration',
    severity: 'error',
    path,
    range: place(head, needle),
    message: cut(oneLine(message), 200),
    data: { tool, code, symbol: '' },
  }));
}

interface Loosened {
  readonly tool: string;
  readonly code: string;
  readonly message: string;
  readonly needle: string;
}

function added(now: Stance, before: Stance | undefined): readonly Loosened[] {
  const left = new Map<string, number>();
  for (const { key } of before?.escapes ?? []) left.set(key, (left.get(key) ?? 0) + 1);
  const seen = new Set<string>();
  return now.escapes.flatMap((allowed): readonly Loosened[] => {
    const known = left.get(allowed.key) ?? 0;
    left.set(allowed.key, known - 1);
    if (known > 0 || seen.has(allowed.key) || (before === undefined && allowed.usual)) return [];
    seen.add(allowed.key);
    return [{ ...allowed, code: allowed.what, message: messageOf(allowed) }];
  });
}

function messageOf({ tool, what, needle }: Escape): string {
  switch (tool) {
    case 'script':
      return `a command now passes whatever it finds: ${what} in ${needle}`;
    case 'ci':
      return `a step of CI may now fail or is left out: ${what}`;
    case 'ignore':
      return `now ignored: ${what}`;
    case 'baseline':
      return `the baseline of known problems has grown: ${what}`;
    default:
      return `${tool} checks less: ${what}`;
  }
}

function lowered(now: Stance, before: Stance | undefined): readonly Loosened[] {
  return [...(before?.levels ?? [])].flatMap(([key, { tool, value, needle }]): readonly Loosened[] => {
    const own = now.levels.get(key);
    const name = key.replace(/ \d+$/, '');
    if (own !== undefined) {
      // A switch turned off is told of as such.
      if (own.value >= value || value === 1) return [];
      return [
        {
          tool,
          code: name,
          needle: own.needle,
          message: `${tool} checks less: ${name} went from ${value} to ${own.value}`,
        },
      ];
    }
    if (now.inherits !== before?.inherits || value <= 0) return [];
    return [{ tool, code: name, needle, message: `${tool} checks less: ${name} was taken out` }];
  });
}

function place(text: string, needle: string): RawFinding['range'] {
  const first = needle.split('\n')[0] ?? '';
  const start = Math.max(0, text.indexOf(first));
  return rangeOf(text, start, text.startsWith(first, start) ? start + first.length : start);
}
