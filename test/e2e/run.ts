import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { COUNTS } from '../closing-line.ts';
import { openBrowser, openPage, shoot } from './browser.ts';
import { packageVsix, runClicks } from './clicks.ts';
import { makeShop } from './fixture.ts';
import { installVscodeServer, startVscodeServer } from './vscode-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SUITE = join(ROOT, '.vscode-test', 'suite', 'index.cjs');
const LIMIT_MS = 8 * 60_000;

interface Line {
  readonly name?: string;
  readonly ok?: boolean;
  readonly error?: string;
  readonly ms?: number;
  readonly end?: true;
}

/** Runs every scenario in a real VS Code and prints one line a case; the exit status says whether all passed. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  installVscodeServer();
  process.stdout.write('VS Code: the server of code-server 4.139.1 in headless Chromium\n');
  await build({
    entryPoints: [join(import.meta.dirname, 'suite', 'index.ts')],
    outfile: SUITE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
  });
  let passed = 0;
  let failed = 0;
  for (const [scenario, open] of Object.entries(WORKSPACES)) {
    if (wanted.length > 0 && !wanted.includes(scenario)) continue;
    for (const line of await runScenario(scenario, open)) {
      if (line.ok) passed++;
      else failed++;
      process.stdout.write(
        `  ${line.ok ? '✓' : '✗'} ${scenario}: ${line.name} (${line.ms} ms)\n${line.ok ? '' : `${line.error}\n`}`,
      );
    }
  }
  if (wanted.length === 0 || wanted.includes('clicks')) {
    for (const step of await runClicks(packageVsix())) {
      if (step.ok) passed++;
      else failed++;
      process.stdout.write(`  ${step.ok ? '✓' : '✗'} clicks: ${step.name} (${step.ms} ms)\n${step.error ?? ''}`);
    }
  }
  const before = readCounts();
  process.stdout.write(`VS Code: ${passed} passed, ${failed} failed\n`);
  process.stdout.write(`\n${passed + before.passed} passed, ${failed + before.failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** Of the tests that ran before these in the same `npm test`. */
function readCounts(): { readonly passed: number; readonly failed: number } {
  if (!existsSync(COUNTS)) return { passed: 0, failed: 0 };
  const counts = JSON.parse(readFileSync(COUNTS, 'utf8'));
  rmSync(COUNTS);
  return counts;
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

async function runScenario(scenario: string, open: () => readonly string[]): Promise<readonly Line[]> {
  const made = open();
  const results = join(mkdtempSync(join(tmpdir(), 'downforce-e2e-')), 'results.jsonl');
  writeFileSync(results, '');
  process.env['DOWNFORCE_E2E_RESULTS'] = results;
  process.env['DOWNFORCE_E2E_SCENARIO'] = scenario;
  const server = await startVscodeServer({ trusted: scenario !== 'untrusted' });
  const browser = await openBrowser();
  try {
    const payload = [
      ['extensionDevelopmentPath', process.env['DOWNFORCE_EXTENSION'] ?? ROOT],
      ['extensionTestsPath', SUITE],
    ] as const;
    const page = await openPage(browser, server.url(made[0] ?? '', payload));
    const lines = await readUntilEnd(results);
    await shoot(page, `suite-${scenario}`);
    return lines;
  } finally {
    await browser.close();
    server.stop();
    for (const path of made) if (existsSync(path)) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function readUntilEnd(file: string): Promise<readonly Line[]> {
  const deadline = Date.now() + LIMIT_MS;
  while (Date.now() < deadline) {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
    if (lines.some((line) => line.end)) return lines.filter((line) => !line.end);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const told = readFileSync(file, 'utf8');
  return [{ name: 'the suite did not end', ok: false, error: told.slice(-2000), ms: LIMIT_MS }];
}

await main();
