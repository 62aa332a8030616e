import type { RawFinding, Severity } from '../../../protocol/finding.ts';
import type { Waiver } from '../../../protocol/waivers.ts';
import { cut } from '../../text.ts';
import { stands } from '../../waivers/binding.ts';
import type { PlacedWaiver } from '../../waivers/waivers-file.ts';
import { WAIVERS_FILE } from '../../waivers/waivers-name.ts';
import type { Guard, GuardContext, GuardReport } from '../guard.ts';

/** Waivers that are new in the change, for whoever reviews it, and waivers whose code is no longer there. */
export const waivers: Guard = {
  id: 'waivers',
  applies: ({ tree, baseTree, waivers: all }) => all.length > 0 || tree.has(WAIVERS_FILE) || baseTree.has(WAIVERS_FILE),
  inspect,
};

async function inspect(context: GuardContext): Promise<GuardReport> {
  const { waivers: all, tree, digest, config } = context;
  const before = new Set((await baseWaivers(context)).map(identity));
  const level = config.guards.waivers === 'block' ? 'error' : 'info';
  const findings = all.flatMap((placed): readonly RawFinding[] => {
    if (!stands(placed.waiver, (path) => tree.read(path), digest)) return [lapsed(placed)];
    return before.has(identity(placed.waiver)) ? [] : [added(placed, level)];
  });
  if (all.length === 0) return { findings, examined: 0, idle: 'there is no waiver' };
  return { findings, examined: all.length };
}

async function baseWaivers({ baseTree, change }: GuardContext): Promise<readonly Waiver[]> {
  const text = change.base === undefined ? undefined : baseTree.read(WAIVERS_FILE);
  if (text === undefined) return [];
  // Its validator is loaded only where there are waivers.
  const { parseWaivers } = await import('../../waivers/waivers-file.ts');
  try {
    return parseWaivers(text).map(({ waiver }) => waiver);
  } catch {
    // It was no list of waivers then, so all of today's are new.
    return [];
  }
}

function identity({ fingerprint, content, reason }: Waiver): string {
  return [fingerprint, content, reason].join('\0');
}

function lapsed({ waiver, range }: PlacedWaiver): RawFinding {
  const { fingerprint, path, text } = waiver;
  return {
    code: 'waiver/lapsed',
    severity: 'info',
    path: WAIVERS_FILE,
    range,
    message: `the waiver of ${fingerprint} has lapsed: what it speaks of in ${path} has changed (${cut(text, 80)})`,
    data: { fingerprint },
  };
}

function added({ waiver, range }: PlacedWaiver, severity: Severity): RawFinding {
  const { fingerprint, path, text, who, reason } = waiver;
  const place = path === '' ? '' : `${path}: `;
  return {
    code: 'waiver/added',
    severity,
    path: WAIVERS_FILE,
    range,
    message: `${who} waives ${place}${cut(text, 80)}, because "${cut(reason, 120)}"`,
    data: { fingerprint },
  };
}
