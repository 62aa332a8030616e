import type { Envelope } from '../../protocol/envelope.ts';
import type { Store } from '../ports.ts';

/** The answer of a gate for one tree. */
export interface RecordedVerdict {
  readonly schema: typeof VERDICT_SCHEMA;
  /** As `treeDigest` gives it. */
  readonly tree: string;
  readonly ok: boolean;
  /** What the command ended with. */
  readonly exitStatus: 0 | 1;
  /** ISO date. */
  readonly at: string;
  /** The whole answer, without bounds. */
  readonly envelope: Envelope;
}

export const VERDICT_SCHEMA = 'downforce.verdict/1';

const FOLDER = 'verdicts';
const KEEP = 50;

/** The verdict for exactly this tree; undefined where there is none. What is not whole is none. */
export function readVerdict(store: Store, tree: string): RecordedVerdict | undefined {
  const text = store.read(fileOf(tree));
  const verdict = text === undefined ? undefined : parse(text);
  return verdict?.tree === tree ? verdict : undefined;
}

/** False where it could not be written. The oldest go where there are more than fifty. */
export function recordVerdict(store: Store, verdict: RecordedVerdict): boolean {
  const written = store.write(fileOf(verdict.tree), `${JSON.stringify(verdict)}\n`);
  if (written) forgetOldest(store);
  return written;
}

function forgetOldest(store: Store): void {
  const names = store.list(FOLDER);
  if (names.length <= KEEP) return;
  const dated = names.map((name) => ({ name, at: parse(store.read(`${FOLDER}/${name}`) ?? '')?.at ?? '' }));
  dated.sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { name } of dated.slice(0, names.length - KEEP)) store.remove(`${FOLDER}/${name}`);
}

function fileOf(tree: string): string {
  return `${FOLDER}/${tree}.json`;
}

function parse(text: string): RecordedVerdict | undefined {
  try {
    const value = JSON.parse(text) as Partial<RecordedVerdict> | null;
    const { schema, tree, ok, exitStatus, at, envelope } = value ?? {};
    const agrees = exitStatus === (ok === true ? 0 : 1) && envelope?.ok === ok;
    const whole = schema === VERDICT_SCHEMA && typeof tree === 'string' && typeof at === 'string';
    return whole && agrees ? (value as RecordedVerdict) : undefined;
  } catch {
    // Half a file is no verdict.
    return undefined;
  }
}
