import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { shoot } from './browser.ts';
import { palette } from './clicks.ts';
import { clipboard, MINE, OWN, panel, type Step, sectionNames, until } from './relay-scene.ts';

const WAIT_MS = 90_000;

/** Of the kind that GitHub gives out. */
const SECRET = `ghp_${'aB3'.repeat(12)}`;

/** What a person does with the prompt once it is as it should be. */
export const TAKING: Readonly<Record<string, Step>> = {
  'it is copied as it is shown': async ({ page }) => {
    const frame = await panel(page);
    await frame.getByRole('button', { name: 'Copy', exact: true }).click();
    await until('it says so', async () => /Copied/.test(await frame.locator('.said').innerText()));
    const copied = await clipboard(page);
    assert.ok(copied.includes(`${MINE} Typed on.`));
    assert.ok(copied.indexOf('What remains') < copied.indexOf('What was done'));
  },
  'the next shows what has changed since, and the draft of the session is held against the facts': async ({ page }) => {
    const frame = await panel(page);
    await frame.getByRole('tab', { name: 'Session’s Draft' }).click();
    await frame.getByRole('button', { name: 'Copy the Question for the Present Session' }).click();
    await until('it says so', async () => /ask the session/.test(await frame.locator('.said').innerText()));
    await frame.locator('[data-focus="reset:done"]').click();
    const draft = frame.getByRole('textbox', { name: 'The session’s own words' });
    await draft.fill(`- I rounded the sums.\n- No mutant survived.\n- The token is ${SECRET}\n`);
    await frame.locator('.claims').waitFor({ timeout: 20_000 });
    await frame.locator('.notice', { hasText: 'Secrets taken out: 1 ×' }).waitFor({ timeout: 20_000 });
    assert.ok(!(await draft.inputValue()).includes(SECRET));
    assert.ok(!(await frame.locator('#relay').innerText()).includes(SECRET));
    await shoot(page, 'relay-draft-light');
    await frame.getByRole('tab', { name: 'Changes since Last' }).click();
    await until('the removed line is shown', async () =>
      (await frame.locator('.line.removed').allInnerTexts()).some((line) => line.includes('Typed on.')),
    );
    await shoot(page, 'relay-changes-light');
    await frame.locator('[data-focus="edit:done"]').click();
    await frame.getByRole('textbox', { name: OWN }).fill(MINE);
    await until('it is known', async () =>
      (await frame.locator('[data-focus="section:done"]').innerText()).includes('your text'),
    );
    await page.waitForTimeout(1000);
  },
  'after a reload all of it is there': async ({ page }) => {
    const loaded = page.waitForEvent('load', { timeout: WAIT_MS });
    await palette(page, 'Developer: Reload Window');
    await loaded;
    await page.waitForSelector('.monaco-workbench', { timeout: WAIT_MS });
    const frame = await panel(page);
    assert.deepEqual((await sectionNames(frame)).slice(0, 2), ['What remains', 'Where to look']);
    const text = frame.getByRole('textbox', { name: OWN });
    assert.equal(await text.inputValue(), MINE);
    assert.equal(await frame.getByRole('textbox', { name: 'Budget' }).inputValue(), '6000');
    assert.equal(await frame.getByRole('tab', { name: 'Changes since Last' }).getAttribute('aria-selected'), 'true');
    await frame.getByRole('tab', { name: 'Preview' }).click();
  },
  'without a chat in the editor the prompt is copied, and it says so': async ({ page }) => {
    const frame = await panel(page);
    await frame.getByRole('button', { name: 'Open in New Chat' }).click();
    await until('it says so', async () => /no chat in this editor/.test(await frame.locator('.said').innerText()));
    assert.ok((await clipboard(page)).includes(MINE));
  },
  'a decision is written down and governs the next hand-off': async ({ page, dir }) => {
    await palette(page, 'Downforce: Record a Decision');
    const input = page.locator('.quick-input-widget input');
    await input.fill('Sums are kept in cents, since fractions drift.');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-message', { hasText: 'Scopes it governs' }).waitFor();
    await page.keyboard.press('Enter');
    await until('it is in the file', () => existsSync(join(dir, 'docs/decisions.md')));
    assert.match(readFileSync(join(dir, 'docs/decisions.md'), 'utf8'), /Sums are kept in cents/);
    const frame = await panel(page);
    await until('it is in the preview', async () =>
      (await frame.locator('.preview').innerText()).includes('Sums are kept in cents'),
    );
  },
  'an agent is started with the prompt as its argument, past any shell': async ({ page, agent }) => {
    const frame = await panel(page);
    await frame.getByRole('button', { name: 'Open Terminal with Agent' }).click();
    await until('it was started', () => agent.started() !== undefined);
    const [prompt = '', ...more] = agent.started() ?? [];
    assert.deepEqual(more, []);
    assert.ok(prompt.includes(MINE) && prompt.includes('`$(id)`'));
    await shoot(page, 'relay-agent-light');
    await palette(page, 'View: Toggle Panel Visibility');
  },
  'it is saved as Markdown': async ({ page, dir }) => {
    const frame = await panel(page);
    await frame.getByRole('button', { name: 'Save as Markdown…' }).click();
    const input = page.locator('.quick-input-widget input');
    await input.waitFor({ timeout: 20_000 });
    await until('a name is proposed', async () => /handoff-[\d-]+\.md$/.test(await input.inputValue()));
    const file = await input.inputValue();
    assert.equal(dirname(file), dir);
    await page.keyboard.press('Enter');
    await until('it is there', () => existsSync(file));
    assert.ok(readFileSync(file, 'utf8').includes(MINE));
    rmSync(file);
  },
  'a new worktree has a branch and the prompt': async ({ page, dir }) => {
    const frame = await panel(page);
    await frame.getByRole('button', { name: 'Start in New Worktree…' }).click();
    const input = page.locator('.quick-input-widget input');
    await input.waitFor({ timeout: 20_000 });
    await input.fill('main');
    await page.locator('.quick-input-message', { hasText: 'There is a branch of that name' }).waitFor();
    await input.fill('relay/next');
    await page.locator('.quick-input-message', { hasText: 'not committed stay here' }).waitFor();
    await page.keyboard.press('Enter');
    const made = join(dirname(dir), `${basename(dir)}-streams`, 'relay-next');
    const file = join(made, '.downforce/relay/prompt.md');
    await until('the prompt is in it', () => existsSync(file));
    assert.ok(readFileSync(file, 'utf8').includes(MINE));
    // Under test the editor shows no toast.
    await palette(page, 'Notifications: Show Notifications');
    await page.locator('.notifications-center', { hasText: 'The new worktree is ready' }).waitFor();
    await page.getByRole('button', { name: 'Open in New Window' }).waitFor();
    await shoot(page, 'relay-worktree-light');
    await palette(page, 'Notifications: Hide Notifications');
    rmSync(made, { recursive: true });
  },
};

/** The same where the folder is not trusted. */
export const RESTRICTED: Readonly<Record<string, Step>> = {
  'without trust it is read and copied, and nothing is started': async ({ page, dir, agent }) => {
    await page.locator('.statusbar-item', { hasText: 'guards alone' }).first().waitFor({ timeout: WAIT_MS });
    await palette(page, 'Downforce: Generate Handoff Prompt');
    const frame = await panel(page);
    for (const action of ['Open Terminal with Agent', 'Start in New Worktree…']) {
      await frame.getByRole('button', { name: action }).click();
      await frame.locator('.notice.error', { hasText: 'Trust the workspace first' }).waitFor({ timeout: 20_000 });
      await shoot(page, 'relay-restricted-light');
      await frame.getByRole('button', { name: 'Read the state again' }).click();
      await frame.locator('.notice.error').waitFor({ state: 'detached' });
    }
    assert.equal(agent.started(), undefined);
    assert.equal(await page.locator('.quick-input-widget input').isVisible(), false);
    await frame.getByRole('button', { name: 'Copy', exact: true }).click();
    await until('it says so', async () => /Copied/.test(await frame.locator('.said').innerText()));
    assert.ok((await clipboard(page)).includes(basename(dir)));
  },
};
