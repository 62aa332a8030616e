import { rmSync, statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { makeRepository } from '../bench/make-repository.mjs';
import { openBrowser, openPage, shoot } from './browser.ts';
import { packageVsix } from './clicks.ts';
import { makeShop } from './fixture.ts';
import { buildSuite, runScenario } from './run-suite.ts';
import { installVscodeServer, startVscodeServer } from './vscode-server.ts';

const BOUNDARIES = [{ from: ['packages/p0/**'], deny: ['packages/p9/**'], because: 'measured' }];

/** What the editor costs, in a real VS Code; one line a figure, none of them a verdict. Arguments: `install`, `small`, `large`. */
async function main(): Promise<void> {
  const wanted = (part: string): boolean => process.argv.length <= 2 || process.argv.includes(part);
  installVscodeServer();
  await buildSuite();
  if (wanted('install')) await measureInstalled(packageVsix());
  if (wanted('small')) await measure('measureShop', makeShop());
  if (wanted('large')) await measure('measureLarge', makeRepository(10_000, { detect: false, boundaries: BOUNDARIES }));
}

async function measureInstalled(vsix: string): Promise<void> {
  row('size of the .vsix', 'MB', statSync(vsix).size / 2 ** 20, '< 5');
  await measureActivation(vsix);
}

async function measure(scenario: string, dir: string): Promise<void> {
  for (const { name = '', ok, error, figures } of await runScenario(scenario, [dir])) {
    for (const [what, value] of Object.entries(figures ?? {})) row(name, what, value);
    if (!ok) process.stdout.write(`${name}: ${error}\n`);
  }
}

/** As the editor itself has taken the time: loading the module and calling `activate`. */
async function measureActivation(vsix: string): Promise<void> {
  const dir = makeShop();
  const server = await startVscodeServer({ trusted: true, vsix });
  const browser = await openBrowser();
  try {
    const page = await openPage(browser, server.url(dir));
    await page.locator('.statusbar-item[id*="downforce"]').first().waitFor({ timeout: 60_000 });
    await showCommand(page, 'Developer: Show Running Extensions');
    const rows = page.locator('.runtime-extensions-editor .extension');
    await rows.first().waitFor({ timeout: 20_000 });
    await shoot(page, 'running-extensions');
    for (const text of await rows.allInnerTexts()) {
      const took = /Activation: (\d+)ms/.exec(text)?.[1];
      if (took === undefined) continue;
      const name = text.split('\n')[0] ?? '';
      row(`activation of ${name}`, 'ms', Number(took), name.startsWith('Downforce') ? '< 50' : '');
    }
  } catch (error) {
    await Promise.all(browser.contexts().flatMap((c) => c.pages().map((page) => shoot(page, 'failed-measure'))));
    process.stdout.write(`activation: ${String(error)}\n`);
  } finally {
    await browser.close();
    server.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function showCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(title);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

function row(name: string, what: string, value: number, goal = ''): void {
  process.stdout.write(`${name.padEnd(44)} ${what.padEnd(28)} ${value.toFixed(1).padStart(9)}  ${goal}\n`);
}

await main();
