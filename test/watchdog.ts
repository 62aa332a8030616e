import type { Reporter, TestModule } from 'vitest/node';

/** Longer than any one step of a test may take: `npm install` for a fixture has five minutes. */
const SILENCE_MS = 8 * 60_000;

/**
 * No time-out reaches a test that never gives its thread back. Where a file was not heard of for long, says which one it is
 * and ends the run; vitest takes the workers along.
 */
export default class Watchdog implements Reporter {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #silenceMs: number;

  constructor({ silenceMs = SILENCE_MS }: { readonly silenceMs?: number } = {}) {
    this.#silenceMs = silenceMs;
  }

  onTestModuleQueued(module: TestModule): void {
    clearTimeout(this.#timers.get(module.id));
    this.#timers.set(module.id, setTimeout(() => this.#end(module), this.#silenceMs).unref());
  }

  onTestCaseResult({ module }: { readonly module: TestModule }): void {
    // Results may be told after the end of their file.
    if (this.#timers.has(module.id)) this.onTestModuleQueued(module);
  }

  onTestModuleEnd(module: TestModule): void {
    clearTimeout(this.#timers.get(module.id));
    this.#timers.delete(module.id);
  }

  onTestRunEnd(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #end(module: TestModule): void {
    // What ended a moment before may not have been told yet.
    const next = [...module.children.allTests()].find((test) => test.result().state === 'pending');
    const where = next === undefined ? '' : `, in "${next.fullName}" or what follows`;
    process.stderr.write(
      `\nFAIL ${module.relativeModuleId}\nnot heard of for ${this.#silenceMs / 1000} s${where}: an endless loop?\n`,
    );
    process.exit(1);
  }
}
