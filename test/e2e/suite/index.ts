import { appendFileSync } from 'node:fs';
import { SCENARIOS } from './scenarios.ts';

/** Entry for the extension host: runs the cases of one scenario and writes a line each for the launcher. */
export async function run(): Promise<void> {
  const file = process.env['DOWNFORCE_E2E_RESULTS'] ?? '';
  const scenario = SCENARIOS[process.env['DOWNFORCE_E2E_SCENARIO'] ?? ''] ?? {};
  for (const [name, test] of Object.entries(scenario)) {
    const started = performance.now();
    let figures: unknown;
    const error = await test().then(
      (told) => {
        figures = told;
      },
      (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
    );
    const line = { name, ok: error === undefined, error, figures, ms: Math.round(performance.now() - started) };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
  appendFileSync(file, `${JSON.stringify({ end: true })}\n`);
}
