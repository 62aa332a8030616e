import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';

const WAIT_MS = 60_000;

export interface Scene {
  readonly page: Page;
  /** The repository. */
  readonly dir: string;
  readonly agent: FakeAgent;
}

export type Step = (scene: Scene) => Promise<void>;

/** What the person writes in the place of what is generated, and the field they write it in. */
export const MINE = 'The discount is computed in cents; a decimal library was tried and dropped.';
export const OWN = 'Text of “What was done”';

/** The panel's own document, which is a frame in a frame and another after each reload. */
export async function panel(page: Page): Promise<Frame> {
  for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await page.waitForTimeout(250))
    for (const frame of page.frames()) if (await has(frame, '#relay .section')) return frame;
  throw new Error('there is no panel');
}

async function has(frame: Frame, selector: string): Promise<boolean> {
  const count = await frame
    .locator(selector)
    .count()
    // A frame on its way out.
    .catch(() => 0);
  return count > 0;
}

export async function sectionNames(frame: Frame): Promise<readonly string[]> {
  return frame.locator('.section .name').allInnerTexts();
}

export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await new Promise((go) => setTimeout(go, 150)))
    if (await holds()) return;
  throw new Error(`it did not come to be that ${what}`);
}

/** Name of what has the focus in the panel. */
export function focused(frame: Frame): Promise<string | undefined> {
  return frame.evaluate<string | undefined>("document.activeElement?.closest('[data-focus]')?.dataset.focus");
}

/** The workbench has to have the focus to be let at it. */
export async function clipboard(page: Page): Promise<string> {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input');
  const text = await page.evaluate<string>('navigator.clipboard.readText()');
  await page.keyboard.press('Escape');
  return text;
}

/** Every control that a screen reader meets, as `role "name"`. */
export async function controls(frame: Frame): Promise<readonly string[]> {
  const tree = await frame.locator('#relay').ariaSnapshot();
  const found = tree.matchAll(/- '?(button|checkbox|switch|textbox|tab|meter|link|combobox)\b([^\n]*)/g);
  return [...found].map(([, role = '', rest = '']) => `${role}${rest}`);
}

/** A program that an agent's command names: it writes down what it was started with, and waits like one. */
export interface FakeAgent {
  /** Absolute. */
  readonly program: string;
  /** Its arguments; undefined before it was started. */
  started(): readonly string[] | undefined;
}

export function makeAgent(): FakeAgent {
  const dir = mkdtempSync(join(tmpdir(), 'downforce-agent-'));
  const [program, told] = [join(dir, 'agent'), join(dir, 'started.json')];
  const body = `require('fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.argv.slice(2)));
console.log('The agent is at work.');
setTimeout(() => {}, 20_000);
`;
  writeFileSync(program, `#!${process.execPath}\n${body}`);
  chmodSync(program, 0o755);
  return { program, started: () => (existsSync(told) ? JSON.parse(readFileSync(told, 'utf8')) : undefined) };
}
