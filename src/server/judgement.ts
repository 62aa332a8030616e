import { relocator } from '../engine/relocate.ts';
import type { Finding } from '../protocol/finding.ts';

/** As every editor has it: without a byte order mark, and however its lines end. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** Findings with the texts they speak of, so that they can follow edits and fall silent when their code changes. */
export class Judgement {
  readonly #findings: ReadonlyMap<string, readonly Finding[]>;
  readonly #textOf: (path: string) => string | undefined;
  readonly #texts = new Map<string, string | undefined>();

  /** @param textOf the text of a path as it was judged; asked at once for every path with findings. */
  constructor(findings: readonly Finding[], textOf: (path: string) => string | undefined) {
    this.#findings = Map.groupBy(findings, (finding) => finding.path);
    this.#textOf = textOf;
    for (const path of this.#findings.keys()) this.#texts.set(path, path === '' ? undefined : this.#textOf(path));
  }

  get paths(): readonly string[] {
    return [...this.#findings.keys()];
  }

  all(): readonly Finding[] {
    return [...this.#findings.values()].flat();
  }

  /** Those of a file as its text is now; what speaks of changed lines is left out. `now` undefined: as it was. */
  of(path: string, now: string | undefined): readonly Finding[] {
    const findings = this.#findings.get(path) ?? [];
    const before = this.#texts.get(path);
    if (now === undefined || before === undefined || now === before) return findings;
    const move = relocator(plainText(before), plainText(now));
    return findings.flatMap((finding): Finding[] => {
      if (finding.range === undefined) return [finding];
      const range = move(finding.range);
      return range === undefined ? [] : [{ ...finding, range }];
    });
  }
}

export const NO_JUDGEMENT = new Judgement([], () => undefined);
