import { mutate } from '../../engine/mutation/mutant.ts';
import type { MutantScratch, MutatedSource, NumberedMutant, Try } from '../../engine/mutation/mutant-runner.ts';
import { cut, oneLine } from '../../engine/text.ts';
import { folderOf } from '../../engine/tools/folders.ts';
import { type GoCommand, writeOverlay } from './build.ts';

/** What `go test` has vet look for before it runs a test. */
const VETTED = [
  'atomic',
  'bool',
  'buildtags',
  'directive',
  'errorsas',
  'ifaceassert',
  'nilfunc',
  'printf',
  'stringintconv',
];
const TIMEOUT_MS = 300_000;
const MAX_OUTPUT = 256 * 1024;

/**
 * Looks at survivors once more, each as a program of its own: what the compiler refuses, or vet, which `go test` asks first, is no
 * mutant, nor is what compiles to the very same code.
 */
export class SurvivorReview {
  readonly #command: GoCommand;
  readonly #scratch: MutantScratch;
  readonly #originals = new Map<string, Promise<string | undefined>>();
  readonly #vetted = new Map<string, Promise<boolean>>();

  constructor(command: GoCommand, scratch: MutantScratch) {
    this.#command = command;
    this.#scratch = scratch;
  }

  async review(result: Try, source: MutatedSource, mutant: NumberedMutant): Promise<Try> {
    const { deps } = this.#command;
    const folder = deps.absolute(folderOf(source.path));
    const mutated = new Map([[deps.absolute(source.path), mutate(source.text, mutant.edit)]]);
    const overlay = `-overlay=${writeOverlay(this.#scratch, `survivor-${mutant.number}`, mutated)}`;
    const [own, original, vet] = await Promise.all([
      this.#go(['list', '-export', '-f', '{{.BuildID}}', overlay, folder]),
      this.#original(folder),
      this.#complaintOfVet(folder, overlay),
    ]);
    if (own.kind === 'refused') return { ...result, status: 'compile-error', message: own.said };
    if (own.kind === 'done' && contentOf(own.said) !== undefined && contentOf(own.said) === original)
      return { ...result, status: 'equivalent', message: 'it compiles to the same code' };
    if (vet !== undefined)
      return { ...result, status: 'compile-error', message: `vet, which go test runs first: ${vet}` };
    return result;
  }

  #original(folder: string): Promise<string | undefined> {
    const known =
      this.#originals.get(folder) ??
      this.#go(['list', '-export', '-f', '{{.BuildID}}', folder]).then(({ said }) => contentOf(said));
    this.#originals.set(folder, known);
    return known;
  }

  /** Nothing where vet complains of the original, too: then the tests are not run with it. */
  async #complaintOfVet(folder: string, overlay: string): Promise<string | undefined> {
    const words = ['vet', ...VETTED.map((name) => `-${name}`)];
    const known = this.#vetted.get(folder) ?? this.#go([...words, folder]).then(({ kind }) => kind === 'done');
    this.#vetted.set(folder, known);
    if (!(await known)) return undefined;
    const told = await this.#go([...words, overlay, folder]);
    return told.kind === 'refused' ? told.said : undefined;
  }

  async #go(
    words: readonly string[],
  ): Promise<{ readonly kind: 'done' | 'refused' | 'unknown'; readonly said: string }> {
    const { go, cwd, env, deps, signal } = this.#command;
    const command = { argv: [go, ...words] as const, cwd, env, timeoutMs: TIMEOUT_MS, maxBytes: MAX_OUTPUT };
    const outcome = await deps.processes.run(command, signal);
    if (outcome.kind !== 'exited') return { kind: 'unknown', said: '' };
    if (outcome.code === 0) return { kind: 'done', said: outcome.stdout.trim() };
    const lines = outcome.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return { kind: 'refused', said: cut(oneLine(lines[0] ?? ''), 200) };
  }
}

/** A build id is what went into a package and, behind the last slash, what came out. */
function contentOf(buildId: string): string | undefined {
  const content = buildId.slice(buildId.lastIndexOf('/') + 1);
  return content === '' ? undefined : content;
}
