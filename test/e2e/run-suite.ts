import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { openBrowser, openPage, shoot } from './browser.ts';
import { type Host, runInElectron, type Suite } from './host.ts';
import { startVscodeServer } from './vscode-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SUITE = join(ROOT, '.vscode-test', 'suite', 'index.cjs');
const LIMIT_MS = 8 * 60_000;

/** What a case told. */
export interface Line {
  readonly name?: string;
  readonly ok?: boolean;
  readonly error?: string;
  readonly ms?: number;
  readonly figures?: Readonly<Record<string, number>>;
  readonly end?: true;
}

/** Bundles what runs inside the extension host. */
export async function buildSuite(): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'suite', 'index.ts')],
    outfile: SUITE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    define: { 'import.meta.dirname': JSON.stringify(import.meta.dirname) },
  });
}

/**
 * Runs one scenario of the suite in a fresh VS Code.
 * @param made what to open, first, and whatever else is to be removed afterwards.
 */
export async function runScenario(
  scenario: string,
  made: readonly string[],
  host: Host = { kind: 'server', says: '' },
): Promise<readonly Line[]> {
  const results = join(mkdtempSync(join(tmpdir(), 'downforce-e2e-')), 'results.jsonl');
  writeFileSync(results, '');
  process.env['DOWNFORCE_E2E_RESULTS'] = results;
  process.env['DOWNFORCE_E2E_SCENARIO'] = scenario;
  const extension = process.env['DOWNFORCE_EXTENSION'] ?? ROOT;
  const suite = { extension, tests: SUITE, folder: made[0] ?? '', trusted: scenario !== 'untrusted' };
  try {
    if (host.kind === 'server') return await runInServer(scenario, suite, results);
    await runInElectron(host, suite);
    return await readUntilEnd(results, 0);
  } finally {
    for (const path of made) if (existsSync(path)) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runInServer(scenario: string, suite: Suite, results: string): Promise<readonly Line[]> {
  const server = await startVscodeServer({ trusted: suite.trusted });
  const browser = await openBrowser();
  try {
    const payload = [
      ['extensionDevelopmentPath', suite.extension],
      ['extensionTestsPath', suite.tests],
    ] as const;
    const page = await openPage(browser, server.url(suite.folder, payload));
    const lines = await readUntilEnd(results, LIMIT_MS);
    await shoot(page, `suite-${scenario}`);
    return lines;
  } finally {
    await browser.close();
    server.stop();
  }
}

async function readUntilEnd(file: string, limitMs: number): Promise<readonly Line[]> {
  const deadline = Date.now() + limitMs;
  while (Date.now() <= deadline) {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
    if (lines.some((line) => line.end)) return lines.filter((line) => !line.end);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const told = readFileSync(file, 'utf8');
  return [{ name: 'the suite did not end', ok: false, error: told.slice(-2000), ms: limitMs }];
}
