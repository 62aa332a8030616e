import type { Finding } from '../../protocol/finding.ts';
import type { TestName } from '../mutation/mutant.ts';

/** What there is to show of a mutant that no test noticed. */
export interface Survivor {
  readonly id: string;
  /** Lines with `-` and `+`. */
  readonly changed: readonly string[];
  /** The nearest of those that ran it and passed. */
  readonly tests: readonly string[];
  readonly more: number;
  readonly commands: readonly string[];
}

const SHOWN_TESTS = 3;

/** Undefined for any other finding. */
export function survivorOf({ code, data }: Finding): Survivor | undefined {
  if (code !== 'mutant/survived' || typeof data?.['id'] !== 'string') return undefined;
  const { id, diff, tests, omitted_tests: omitted } = data;
  const all = Array.isArray(tests) ? (tests as readonly TestName[]) : [];
  const shown = all.slice(0, SHOWN_TESTS);
  return {
    id,
    changed: typeof diff === 'string' ? changedLinesOf(diff) : [],
    tests: shown.map(nameOf),
    more: all.length - shown.length + (typeof omitted === 'number' ? omitted : 0),
    commands: [`downforce mutate --only ${id}`, `downforce waive ${id} --reason "…"`],
  };
}

/** Of a unified diff the lines that differ, with their sign. */
function changedLinesOf(diff: string): readonly string[] {
  const lines = diff.split('\n');
  const body = lines.slice(lines.findIndex((line) => line.startsWith('@@ ')) + 1);
  return body.filter((line) => /^[-+]/.test(line));
}

function nameOf({ file, name }: TestName): string {
  return file === '' ? name : `${file}: ${name}`;
}
