import type { Collision, StreamState, StreamStatus } from '../../protocol/streams.ts';
import { plural } from '../text.ts';

/** What came of the set-up command of a stream. */
export type SetupState =
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly why: string };

export interface StreamFacts
  extends Pick<StreamState, 'ahead' | 'behind' | 'dirtyFiles' | 'changedFiles' | 'loop' | 'branch'> {
  /** Its working tree is there. */
  readonly there: boolean;
  readonly unmerged: readonly string[];
  readonly operation: string | undefined;
  readonly setup: SetupState | undefined;
  /** With whatever it collides. */
  readonly collisions: readonly Collision[];
}

type Told = Pick<StreamState, 'status' | 'says' | 'needsYou'>;

/** How a stream stands, why, and what to do: what needs a person comes before all else. */
export function judgeStream(facts: StreamFacts): Told {
  const { there, unmerged, operation, setup, collisions, loop } = facts;
  if (!there) return told('gone', 'Its working tree is not there any more: remove it from the list.', false);
  if (setup?.kind === 'running') return told('setting-up', 'The set-up command runs.', false);
  if (unmerged.length > 0)
    return told(
      'conflict',
      `In the middle of a ${operation ?? 'merge'}: ${plural(unmerged.length, 'file')} in conflict.`,
      true,
    );
  const clash = collisions.find(({ kind }) => kind === 'text');
  if (clash !== undefined) return told('conflict', clash.text, true);
  if (setup?.kind === 'failed' && facts.changedFiles === 0) return told('red', `Its set-up failed: ${setup.why}`, true);
  if (loop !== undefined && !loop.ok && !loop.stale) return told('red', `Its loop failed: ${loop.summary}.`, true);
  return { ...quiet(facts), ...(collisions[0] === undefined ? {} : { says: collisions[0].text }) };
}

function quiet({ ahead, behind, dirtyFiles, changedFiles, loop }: StreamFacts): Told {
  if (ahead === 0 && dirtyFiles === 0) return told('idle', 'Nothing has changed in it yet.', false);
  const late = behind > 0 ? `, ${behind} behind` : '';
  if (loop?.ok === true && !loop.stale && dirtyFiles === 0)
    return told('ready', `Green and committed, ${plural(ahead, 'commit')} ahead${late}: it may be merged.`, false);
  const verdict =
    loop === undefined
      ? 'its loop has not run'
      : loop.stale
        ? 'changed since its last loop'
        : 'its loop is green; commit what is open';
  return told('working', `${plural(changedFiles, 'file')} changed, ${verdict}.`, false);
}

function told(status: StreamStatus, says: string, needsYou: boolean): Told {
  return { status, says, needsYou };
}
