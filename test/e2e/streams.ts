import { strict as assert } from 'node:assert';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openBrowser, openPage, shoot } from './browser.ts';
import { palette, type StepResult } from './clicks.ts';
import { git, makeShop, put } from './fixture.ts';
import { clipboard, until } from './relay-scene.ts';
import { startVscodeServer } from './vscode-server.ts';

const WAIT_MS = 60_000;
const PLAN = `# Plan

## Streams

### Prices in cents

Let \`discount\` in \`src/core/price.ts\` count in cents.

### Page title

Paths: src/web/page.ts

### Receipts

Paths: src/core/price.ts, src/core/receipt.ts
After: Nobody
`;

type Step = (page: Page, dir: string) => Promise<void>;

const STEPS: Readonly<Record<string, Step>> = {
  'the view asks for a plan, and shows its batches and what is wrong with it': async (page, dir) => {
    put(dir, 'PLAN.md', PLAN);
    git(dir, 'add', '-A');
    git(dir, 'commit', '-qm', 'plan');
    await page.locator('.activitybar [aria-label*="Downforce"]').first().click();
    await palette(page, 'Downforce: Pick the Plan of Streams');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'PLAN.md' }).first().click();
    await row(page, 'Batch 1').waitFor({ timeout: WAIT_MS });
    await row(page, 'Batch 2').waitFor({ timeout: WAIT_MS });
    await row(page, 'which is no stream of this plan').waitFor({ timeout: WAIT_MS });
    assert.match(await row(page, 'Prices in cents').innerText(), /touches 1 file/);
    await shoot(page, 'streams-plan-light');
  },
  'a stream is started by its button, in a working tree of its own': async (page, dir) => {
    await action(row(page, 'Prices in cents'), 'Start a Stream');
    await answer(page, 'is ready in', 'Copy Prompt');
    assert.ok(existsSync(join(`${dir}-streams`, 'prices-in-cents', 'PLAN.md')));
    await until('the prompt is copied', async () => (await clipboard(page)).includes('# Stream: `Prices in cents`'));
    await palette(page, 'Downforce: Start a Stream');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Page title' }).first().click();
    await row(page, 'Page title', 'nothing changed yet').waitFor({ timeout: WAIT_MS });
    await shoot(page, 'streams-started-light');
  },
  'a collision is said at once, and its files are shown side by side': async (page, dir) => {
    put(`${dir}-streams/prices-in-cents`, 'src/web/page.ts', "export const title = 'Cents';\n");
    put(dir, 'src/web/page.ts', "export const title = 'Here';\n");
    await row(page, 'main ↔ stream/prices-in-cents').waitFor({ timeout: WAIT_MS });
    await answer(page, 'would conflict in src/web/page.ts', 'Show Files', 'streams-collision-light');
    await page.waitForSelector('.monaco-diff-editor', { timeout: WAIT_MS });
    await shoot(page, 'streams-diff-light');
  },
  'removing asks with what would be lost, and only then removes': async (page, dir) => {
    const stream = row(page, 'Prices in cents', 'in conflict');
    await action(stream, 'Remove a Stream');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor({ timeout: WAIT_MS });
    assert.match(await dialog.innerText(), /src\/web\/page\.ts \(not committed\)/);
    await shoot(page, 'streams-remove-light');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.ok(existsSync(`${dir}-streams/prices-in-cents`));
    await action(stream, 'Remove a Stream');
    await dialog.getByRole('button', { name: 'Remove and Lose These' }).click();
    await until('it is gone', () => !existsSync(`${dir}-streams/prices-in-cents`));
    await until('the collision is gone', async () => (await row(page, 'main ↔').count()) === 0);
  },
};

/** A message with a button, from the list of all: under test the editor shows no toast. */
async function answer(page: Page, text: string, button: string, name?: string): Promise<void> {
  await page.locator('.statusbar .codicon-bell-dot').first().waitFor({ timeout: WAIT_MS });
  await palette(page, 'Notifications: Show Notifications');
  const found = page.locator('.notifications-center .monaco-list-row', { hasText: text }).first();
  await found.waitFor({ timeout: WAIT_MS });
  if (name !== undefined) await shoot(page, name);
  await found.getByRole('button', { name: button }).click();
}

/** A row of the view by what stands in it. */
function row(page: Page, ...texts: readonly string[]): Locator {
  const rows = page.locator('.sidebar .monaco-list-row');
  return texts.reduce((found, text) => found.filter({ hasText: text }), rows).first();
}

async function action(of: Locator, name: string): Promise<void> {
  await of.hover();
  await of.locator(`.actions .action-label[aria-label^="${name}"]`).first().click();
}

/** What a person does with streams, each step on what the one before it left. */
export async function runStreams(vsix: string): Promise<readonly StepResult[]> {
  const dir = makeShop();
  const settings = {
    'workbench.colorTheme': 'Default Light Modern',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'downforce.run.mutate': false,
  };
  const server = await startVscodeServer({ trusted: true, vsix, settings });
  const browser = await openBrowser();
  const results: StepResult[] = [];
  try {
    const page = await openPage(browser, server.url(dir));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const [name, step] of Object.entries(STEPS)) {
      const started = performance.now();
      const error = await step(page, dir).then(
        () => undefined,
        (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
      );
      if (error !== undefined) await shoot(page, `failed-streams-${results.length}`);
      const ms = Math.round(performance.now() - started);
      results.push({ name, ok: error === undefined, ms, ...(error === undefined ? {} : { error }) });
      if (error !== undefined) break;
    }
  } finally {
    await browser.close();
    server.stop();
    for (const path of [dir, `${dir}-streams`]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
  return results;
}
