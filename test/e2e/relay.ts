import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, shoot } from './browser.ts';
import { palette, type StepResult } from './clicks.ts';
import { makeShop } from './fixture.ts';
import { CURATING } from './relay-curating.ts';
import { makeAgent, panel, type Scene, type Step } from './relay-scene.ts';
import { RESTRICTED, TAKING } from './relay-taking.ts';
import { startVscodeServer } from './vscode-server.ts';

type Steps = Readonly<Record<string, Step>>;

/** Clicks through the hand-off of the installed extension in fresh workbenches, and looks at it in other themes. */
export async function runRelay(vsix: string): Promise<readonly StepResult[]> {
  const browser = await openBrowser();
  try {
    const trusted = await visit(browser, vsix, true, { ...CURATING, ...TAKING, ...THEMES });
    return [...trusted, ...(await visit(browser, vsix, false, RESTRICTED))];
  } finally {
    await browser.close();
  }
}

async function visit(browser: Browser, vsix: string, trusted: boolean, steps: Steps): Promise<readonly StepResult[]> {
  const dir = makeShop();
  const agent = makeAgent();
  const settings = {
    'workbench.colorTheme': 'Default Light Modern',
    'downforce.relay.agents': [{ name: 'Agent', command: [agent.program, '{prompt}'] }],
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
  };
  const server = await startVscodeServer({ trusted, vsix, settings });
  try {
    const page = await openPage(browser, server.url(dir));
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const ends: Steps = {
      'the page asked for nothing that its policy refuses': async () => assert.deepEqual(refused, []),
    };
    return await take({ ...steps, ...ends }, { page, dir, agent });
  } finally {
    server.stop();
    for (const path of [dir, dirname(agent.program)]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One after the other, up to the first that does not go. */
async function take(steps: Steps, scene: Scene): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const [name, step] of Object.entries(steps)) {
    const started = performance.now();
    const error = await step(scene).then(
      () => undefined,
      (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
    );
    const ms = Math.round(performance.now() - started);
    results.push({ name, ok: error === undefined, ms, ...(error === undefined ? {} : { error }) });
    if (error === undefined) continue;
    await shoot(scene.page, `failed-relay-${results.length}`);
    break;
  }
  return results;
}

const THEMES: Steps = {
  'it is there in light': (scene) => shootTheme(scene, 'light', 'Light Modern'),
  'it is there in dark': (scene) => shootTheme(scene, 'dark', 'Dark Modern'),
  'it is there in high contrast': (scene) => shootTheme(scene, 'contrast', 'Dark High Contrast'),
};

async function shootTheme({ page }: Scene, name: string, theme: string): Promise<void> {
  await palette(page, 'Preferences: Color Theme');
  await page.locator('.quick-input-widget input[placeholder*="Theme"]').fill(theme);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: theme }).first().click();
  const frame = await panel(page);
  await frame.getByRole('button', { name: 'Read the state again' }).click();
  const remains = frame.locator('[data-focus="section:remains"]');
  await remains.click();
  await page.waitForTimeout(1000);
  await shoot(page, `relay-panel-${name}`);
  await remains.click();
}
