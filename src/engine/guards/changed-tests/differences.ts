import type { Analysis, Statement } from '../../language.ts';

/** What two versions of a file do not share, statement by statement. */
export interface Difference {
  readonly added: readonly Statement[];
  readonly removed: readonly Statement[];
  /** Statement of the head at which the two first part. */
  readonly first: Statement | undefined;
}

const WIRING = /^(import|export|use|⟨ package|\d+ ⟨ package)\b/;

/** Imports and the name of the package: a file of nothing else does nothing. */
export function isWiring({ form }: Statement): boolean {
  return WIRING.test(form);
}

export function difference(
  base: Analysis | undefined,
  head: Analysis | undefined,
  form: 'runtime' | 'test',
): Difference {
  const before = base?.statements?.(form) ?? [];
  const now = head?.statements?.(form) ?? [];
  const added = without(now, before);
  const parted = now.findIndex((statement, index) => statement.form !== before[index]?.form);
  const first = added.find((statement) => !isWiring(statement)) ?? now[parted] ?? now.at(-1);
  return { added, removed: without(before, now), first };
}

function without(list: readonly Statement[], others: readonly Statement[]): readonly Statement[] {
  const left = new Map<string, number>();
  for (const { form } of others) left.set(form, (left.get(form) ?? 0) + 1);
  return list.filter(({ form }) => {
    const count = left.get(form) ?? 0;
    left.set(form, count - 1);
    return count <= 0;
  });
}

/** Nothing but the number of a version differs. */
export function isVersionOnly(path: string, base: Analysis, head: Analysis, { added, removed }: Difference): boolean {
  const speaks = /version/i;
  const named = speaks.test(path) || [...added, ...removed].every(({ form }) => speaks.test(form));
  return named && withoutVersions(base.runtimeForm) === withoutVersions(head.runtimeForm);
}

function withoutVersions(form: string): string {
  return form.replace(/\d+(\.\d+)+[\w.+-]*/g, 'VERSION');
}
