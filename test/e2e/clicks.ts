import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, shoot } from './browser.ts';
import { makeShop, put, STRONG_TEST, WEAK_TEST, WITH_SURVIVOR } from './fixture.ts';
import { startVscodeServer } from './vscode-server.ts';

/** For the page: words that are no text of it, put behind a line by its style. */
const FADED_WORDS = `[...document.querySelectorAll('.view-line span')]
  .some((part) => getComputedStyle(part, '::after').content.includes('survived'))`;

const ROOT = join(import.meta.dirname, '..', '..');
const WAIT_MS = 90_000;

/** What users install. */
export function packageVsix(): string {
  const dir = mkdtempSync(join(tmpdir(), 'downforce-vsix-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'downforce.vsix');
  const args = ['package', '--no-dependencies', '--out', file];
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/vsce'), args, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0 || /WARNING/.test(stdout + stderr)) throw new Error(`vsce package: ${stdout}${stderr}`);
  return file;
}

type Step = (page: Page, dir: string) => Promise<void>;

export async function palette(page: Page, command: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(command);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first().click();
}

async function openFile(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(path);
  await page.locator('.quick-input-list .monaco-list-row').first().click();
  await page.waitForSelector('.editor-instance .view-lines');
}

async function goToLine(page: Page, place: string): Promise<void> {
  await page.keyboard.press('Control+G');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(place);
  await page.keyboard.press('Enter');
}

/** Steps that a user takes, each on what the one before it left. */
const STEPS: Readonly<Record<string, Step>> = {
  'the side bar opens and shows the three stages': async (page) => {
    await page.locator('.activitybar [aria-label*="Downforce"]').first().click();
    for (const stage of ['Loop', 'Mutants', 'Gate'])
      await page.locator('.sidebar .monaco-list-row', { hasText: stage }).first().waitFor({ timeout: WAIT_MS });
  },
  'an agent changes files on disk: survivors come into the list': async (page, dir) => {
    put(dir, 'test/price.test.ts', WEAK_TEST);
    put(dir, 'src/core/price.ts', WITH_SURVIVOR);
    await page.locator('.sidebar .monaco-list-row', { hasText: 'survived' }).first().waitFor({ timeout: WAIT_MS });
    await shoot(page, 'gate-light');
  },
  'the survivor is under its expression, with faded words after the line': async (page) => {
    await openFile(page, 'src/core/price.ts');
    await page.waitForSelector('.squiggly-error', { timeout: WAIT_MS });
    await page.waitForFunction(FADED_WORDS, undefined, { timeout: WAIT_MS });
    await shoot(page, 'survivor-light');
  },
  'the light bulb shows the mutant as a diff': async (page) => {
    await goToLine(page, '2:14');
    await page.keyboard.press('Control+.');
    const item = page.locator('.action-widget .monaco-list-row', { hasText: 'Show the mutant' }).first();
    await item.waitFor({ timeout: 20_000 });
    await shoot(page, 'light-bulb-light');
    await item.click();
    await page.waitForSelector('.monaco-diff-editor', { timeout: 20_000 });
    await page.waitForTimeout(1500);
    await shoot(page, 'mutant-diff-light');
    await palette(page, 'View: Close All Editors');
  },
  'a run starts from the side bar and is cancelled there': async (page, dir) => {
    put(
      dir,
      'test/price.test.ts',
      `${STRONG_TEST}\nit('waits', async () => {\n  await new Promise((resolve) => setTimeout(resolve, 60_000));\n}, 90_000);\n`,
    );
    const cancel = page.locator('.sidebar .pane-header:has-text("Gate") .action-label[aria-label*="Cancel"]').first();
    await page.locator('.sidebar .pane-header', { hasText: 'Gate' }).first().hover();
    await cancel.waitFor({ timeout: WAIT_MS });
    await shoot(page, 'running-light');
    await cancel.click();
    await page.locator('.sidebar .monaco-list-row', { hasText: 'cancelled' }).first().waitFor({ timeout: WAIT_MS });
    put(dir, 'test/price.test.ts', STRONG_TEST);
    await page.locator('.statusbar-item', { hasText: 'floor holds' }).first().waitFor({ timeout: WAIT_MS });
    await shoot(page, 'green-light');
  },
  'the walkthrough has its four steps': async (page) => {
    await palette(page, 'Downforce: Open the Walkthrough');
    await page.waitForSelector('.getting-started-step', { timeout: 20_000 });
    assert.equal(await page.locator('.getting-started-step').count(), 4);
    await page.waitForTimeout(1000);
    await shoot(page, 'walkthrough-light');
  },
};

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly error?: string;
  readonly ms: number;
}

/** Clicks through the installed extension in a fresh workbench. */
export async function runClicks(vsix: string): Promise<readonly StepResult[]> {
  const dir = makeShop();
  const server = await startVscodeServer({
    trusted: true,
    vsix,
    settings: { 'workbench.colorTheme': 'Default Light Modern' },
  });
  const browser = await openBrowser();
  const results: StepResult[] = [];
  try {
    const page = await openPage(browser, server.url(dir));
    for (const [name, step] of Object.entries(STEPS)) {
      const started = performance.now();
      const error = await step(page, dir).then(
        () => undefined,
        (reason: unknown) => String(reason),
      );
      if (error !== undefined) await shoot(page, `failed-${results.length}`);
      results.push({
        name,
        ok: error === undefined,
        ms: Math.round(performance.now() - started),
        ...(error === undefined ? {} : { error }),
      });
      if (error !== undefined) break;
    }
    await page.close();
    put(dir, 'test/price.test.ts', WEAK_TEST);
    for (const [name, theme] of THEMES) {
      const started = performance.now();
      const error = await shootTheme(browser, vsix, dir, name, theme).then(
        () => undefined,
        (reason: unknown) => String(reason),
      );
      const ms = Math.round(performance.now() - started);
      results.push({
        name: `it is there in ${theme}`,
        ok: error === undefined,
        ms,
        ...(error === undefined ? {} : { error }),
      });
    }
  } finally {
    await browser.close();
    server.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  return results;
}

const THEMES = [
  ['dark', 'Default Dark Modern'],
  ['contrast', 'Default High Contrast'],
] as const;

async function shootTheme(browser: Browser, vsix: string, dir: string, name: string, theme: string): Promise<void> {
  const server = await startVscodeServer({ trusted: true, vsix, settings: { 'workbench.colorTheme': theme } });
  const page = await openPage(browser, server.url(dir));
  try {
    await page.locator('.activitybar [aria-label*="Downforce"]').first().click();
    await page.locator('.sidebar .monaco-list-row', { hasText: 'survived' }).first().waitFor({ timeout: WAIT_MS });
    await openFile(page, 'src/core/price.ts');
    await page.waitForSelector('.squiggly-error', { timeout: WAIT_MS });
    await page.waitForTimeout(1000);
    await shoot(page, `survivor-${name}`);
  } finally {
    await page.close();
    server.stop();
  }
}
