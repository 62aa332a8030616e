import type { CheckResult } from '../engine/checks/result.ts';
import type { Finding } from '../protocol/finding.ts';
import { isOnType } from './inspect-text.ts';
import { Judgement, plainText } from './judgement.ts';

interface Judged {
  readonly kind: CheckResult['check']['kind'];
  readonly judgement: Judgement;
}

export interface Taken {
  /** Asked for by name: what other checks said still stands. */
  readonly partial: boolean;
  /** The mutants alone: the checks of the loop were not run. */
  readonly mutantsAlone: boolean;
  /** Mutants that were tried. */
  readonly tried: ReadonlySet<string>;
}

/** What there is to be said of each path: what each check said last, and what the guards say of unsaved text. */
export class ShownFindings {
  readonly #judged = new Map<string, Judged>();
  readonly #typed = new Map<string, readonly Finding[]>();
  readonly #openText: (path: string) => string | undefined;

  constructor(openText: (path: string) => string | undefined) {
    this.#openText = openText;
  }

  /** What a stage found replaces what it found before; the results with what still stands of mutants that were not tried again. */
  take(
    results: readonly CheckResult[],
    { partial, mutantsAlone, tried }: Taken,
    textOf: (path: string) => string | undefined,
  ): readonly CheckResult[] {
    const whole = results.map((result) => (partial ? this.#withOthers(result, tried) : result));
    if (!partial) this.#forgetJudged(mutantsAlone);
    for (const { check, outcome } of whole) {
      if (!('findings' in outcome)) continue;
      this.#judged.set(check.id, { kind: check.kind, judgement: new Judgement(outcome.findings, textOf) });
    }
    if (!partial && !mutantsAlone) this.#forgetSaved(textOf);
    return whole;
  }

  /** What the guards say of a path as it stands in an editor. */
  type(path: string, findings: readonly Finding[]): void {
    this.#typed.set(path, findings);
  }

  untype(path: string): void {
    this.#typed.delete(path);
  }

  forget(): void {
    this.#judged.clear();
    this.#typed.clear();
  }

  forgetTyped(): void {
    this.#typed.clear();
  }

  /** @param withTools what linters, type checkers and tests found too. */
  of(path: string, withTools: boolean): readonly Finding[] {
    const now = this.#openText(path);
    const typed = this.#typed.get(path);
    const judged = [...this.#judged].flatMap(([id, { kind, judgement }]) => {
      if (typed !== undefined && isOnType(id)) return [];
      return isOwn(kind) || withTools ? judgement.of(path, now) : [];
    });
    return [...(typed ?? []), ...judged];
  }

  paths(): readonly string[] {
    const judged = [...this.#judged.values()].flatMap(({ judgement }) => judgement.paths);
    return [...new Set([...judged, ...this.#typed.keys()])].filter((path) => path !== '');
  }

  blocking(): number {
    const all = [...this.#judged.values()].flatMap(({ judgement }) => judgement.all());
    return all.filter(({ severity }) => severity === 'error').length;
  }

  #withOthers(result: CheckResult, tried: ReadonlySet<string>): CheckResult {
    const { check, outcome } = result;
    if (check.kind !== 'mutation' || !('findings' in outcome)) return result;
    const before = this.#judged.get(check.id)?.judgement.all() ?? [];
    const others = before.filter((finding) => !tried.has(String(finding.data?.['id'])));
    const findings = [...others, ...outcome.findings];
    const fails = outcome.status === 'pass' && others.some(({ severity }) => severity === 'error');
    return { ...result, outcome: fails ? { ...outcome, status: 'fail', findings } : { ...outcome, findings } };
  }

  #forgetJudged(mutantsAlone: boolean): void {
    for (const [id, { kind }] of this.#judged) if (!mutantsAlone || kind === 'mutation') this.#judged.delete(id);
  }

  /** What was typed and is saved has been judged by now. */
  #forgetSaved(textOf: (path: string) => string | undefined): void {
    for (const path of this.#typed.keys()) {
      const now = this.#openText(path);
      if (now === undefined || plainText(now) === plainText(textOf(path) ?? '')) this.#typed.delete(path);
    }
  }
}

function isOwn(kind: Judged['kind']): boolean {
  return kind === 'guard' || kind === 'mutation';
}
