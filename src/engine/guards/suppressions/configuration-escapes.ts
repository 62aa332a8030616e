import type { RawFinding } from '../../../protocol/finding.ts';
import { cut, oneLine } from '../../text.ts';
import type { ChangedText } from '../changed-texts.ts';
import { rangeOf } from '../place.ts';
import { likeness } from './likeness.ts';
import { type Escape, readStance, type Stance } from './stance.ts';

/** A folder or file that the change moved, so that globs for it have changed too. */
export interface Moved {
  readonly from: string;
  readonly to: string;
}

/** Settings of one changed configuration that check less than the base's did. */
export function findConfigurationEscapes(
  { path, basePath, base, head }: ChangedText,
  moved: readonly Moved[],
): readonly RawFinding[] {
  if (head === undefined) return [];
  const before = base === undefined ? undefined : readStance(basePath, moved.reduce(follow, base));
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

function follow(text: string, { from, to }: Moved): string {
  return text.replaceAll(from, to);
}

interface Loosened {
  readonly tool: string;
  readonly code: string;
  readonly message: string;
  readonly needle: string;
}

function added(now: Stance, before: Stance | undefined): readonly Loosened[] {
  const gone = [...(before?.escapes ?? [])];
  const take = (match: (known: Escape) => boolean): boolean => {
    const at = gone.findIndex(match);
    if (at >= 0) gone.splice(at, 1);
    return at >= 0;
  };
  const fresh = now.escapes
    .filter((own) => !take((known) => known.key === own.key))
    // A command was edited that was let fail before.
    .filter((own) => !take((known) => known.what === own.what && likeness(known.needle, own.needle) > 0.4))
    .filter((own) => before !== undefined || !own.usual);
  const unique = new Map(fresh.map((own) => [own.key, own]));
  return [...unique.values()].map((own) => ({ ...own, code: own.what, message: messageOf(own) }));
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
    if (!now.readable || now.inherits !== before?.inherits || value <= 0) return [];
    return [{ tool, code: name, needle, message: `${tool} checks less: ${name} was taken out` }];
  });
}

function place(text: string, needle: string): RawFinding['range'] {
  const first = needle.split('\n')[0] ?? '';
  // TOML and JSON may have escaped it.
  const written = [first, JSON.stringify(first).slice(1, -1)].find((form) => text.includes(form)) ?? '';
  const start = text.indexOf(written);
  return rangeOf(text, start, start + written.length);
}
