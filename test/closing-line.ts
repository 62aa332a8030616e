import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** For the tests in VS Code, whose closing line counts these too: a file for each project. */
export const COUNTS = join(import.meta.dirname, '..', '.vscode-test', 'counts');

/** Ends a run with one plain line that counts the tests, for whoever reads the log by machine. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string): number => states.filter((other) => other === state).length;
    const broken = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests()].length === 0,
    ).length;
    const skipped = count('skipped') + count('pending');
    const failed = count('failed') + broken;
    mkdirSync(COUNTS, { recursive: true });
    const project = [...new Set(modules.map((module) => module.project.name))].join('-');
    writeFileSync(join(COUNTS, `${project}.json`), JSON.stringify({ passed: count('passed'), failed }));
    process.stdout.write(`\n${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  }
}
