import type { ChangedText } from '../changed-texts.ts';
import type { GuardContext } from '../guard.ts';
import { difference, isWiring } from './differences.ts';
import { isTestMaterial } from './source-kinds.ts';

/** A test of which something that runs is not as it was. */
export interface TestChange {
  readonly path: string;
  /** There is something that was not there; else tests were only taken away. */
  readonly grows: boolean;
}

/** Languages whose sources hold tests. */
const INLINE = new Set(['rust']);

/** @param source whether the file is a source, in which only tests inside count. */
export async function testChange(
  { path, basePath, base, head }: ChangedText,
  context: GuardContext,
  source: boolean,
): Promise<TestChange | undefined> {
  const language = context.languages.find((candidate) => candidate.matches(path));
  if (source ? !INLINE.has(language?.id ?? '') : !isTestMaterial(path)) return undefined;
  const before = base === undefined ? undefined : await context.analyse(basePath, base);
  const now = head === undefined ? undefined : await context.analyse(path, head);
  if (before === undefined && now === undefined) return textChange(path, base, head);
  if ((before?.testForm ?? '') === (now?.testForm ?? '')) return undefined;
  const { added, removed } = difference(before, now, 'test');
  // Equal statements in another order are another program.
  const reordered = added.length === 0 && removed.length === 0;
  if (!reordered && added.every(isWiring) && removed.every(isWiring)) return undefined;
  return { path, grows: reordered || added.some((statement) => !isWiring(statement)) };
}

/** Expected output, a fixture: any difference but white space may be what a test asks for. */
function textChange(path: string, base: string | undefined, head: string | undefined): TestChange | undefined {
  const bare = (text: string | undefined): string => (text ?? '').replace(/\s+/g, '');
  return bare(base) === bare(head) ? undefined : { path, grows: head !== undefined };
}
