import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTS } from '../closing-line.ts';
import { packageVsix, runClicks } from './clicks.ts';
import { makeShop } from './fixture.ts';
import { chooseHost } from './host.ts';
import { runRelay } from './relay.ts';
import { buildSuite, runScenario } from './run-suite.ts';
import { runStreams } from './streams.ts';
import { installVscodeServer } from './vscode-server.ts';

/** Runs every scenario in a real VS Code and prints one line a case; the exit status says whether all passed. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  installVscodeServer();
  const host = await chooseHost();
  process.stdout.write(`${host.says}\n`);
  await buildSuite();
  let passed = 0;
  let failed = 0;
  for (const [scenario, open] of Object.entries(WORKSPACES)) {
    if (wanted.length > 0 && !wanted.includes(scenario)) continue;
    for (const line of await runScenario(scenario, open(), host)) {
      if (line.ok) passed++;
      else failed++;
      process.stdout.write(
        `  ${line.ok ? '✓' : '✗'} ${scenario}: ${line.name} (${line.ms} ms)\n${line.ok ? '' : `${line.error}\n`}`,
      );
    }
  }
  for (const [name, click] of Object.entries({ clicks: runClicks, relay: runRelay, streams: runStreams })) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const step of await click(packageVsix())) {
      if (step.ok) passed++;
      else failed++;
      process.stdout.write(`  ${step.ok ? '✓' : '✗'} ${name}: ${step.name} (${step.ms} ms)\n${step.error ?? ''}`);
    }
  }
  const before = readCounts();
  process.stdout.write(`VS Code: ${passed} passed, ${failed} failed\n`);
  process.stdout.write(`\n${passed + before.passed} passed, ${failed + before.failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** Of the tests that ran before these in the same `npm test`. */
function readCounts(): { readonly passed: number; readonly failed: number } {
  const files = existsSync(COUNTS) ? readdirSync(COUNTS) : [];
  const counts = files.map((file) => JSON.parse(readFileSync(join(COUNTS, file), 'utf8')));
  rmSync(COUNTS, { recursive: true, force: true });
  const sum = (name: 'passed' | 'failed'): number => counts.reduce((total, each) => total + each[name], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

/** What a scenario opens; made anew each time. */
const WORKSPACES: Readonly<Record<string, () => readonly string[]>> = {
  trusted: () => [makeShop()],
  untrusted: () => [makeShop()],
  multiRoot: () => {
    const [first, second] = [makeShop(), makeShop()];
    const file = `${first}.code-workspace`;
    writeFileSync(file, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
    return [file, first, second];
  },
  noGit: () => [mkdtempSync(join(tmpdir(), 'downforce-empty-'))],
};

await main();
