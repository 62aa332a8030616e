import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, languages, Range, Uri, window, workspace } from 'vscode';
import { STRONG_TEST, WEAK_TEST, WITH_SURVIVOR } from '../fixture.ts';
import { edit, serverPids, writeElsewhere } from './acts.ts';
import { codes, folder, state, until, untilStage } from './look.ts';

type Figures = Promise<Readonly<Record<string, number>>>;

const EDITS = 10;
const LONG_MS = 120_000;

export const measureShop: Readonly<Record<string, () => Figures>> = {
  'event loop of the extension host': async () => {
    await until('a loop', () => state(), settled, LONG_MS);
    await commands.executeCommand('downforce.pause');
    const idle = await stalls(() => new Promise((resolve) => setTimeout(resolve, 8000)));
    await commands.executeCommand('downforce.resume');
    const busy = await stalls(async () => {
      writeElsewhere(folder().dir, 'test/price.test.ts', WEAK_TEST);
      writeElsewhere(folder().dir, 'src/core/price.ts', WITH_SURVIVOR);
      await untilStage('mutate', 'failed');
      writeElsewhere(folder().dir, 'test/price.test.ts', STRONG_TEST);
      await untilStage('mutate', 'passed');
    });
    return {
      'ms at most, paused': idle.longest,
      'ms at most, loop and mutate': busy.longest,
      'of it computed here': busy.computed,
    };
  },
  'keystroke to squiggle, small repository': () => keystrokes('src/core/price.ts', "import '../web/page.ts';\n"),
};

export const measureLarge: Readonly<Record<string, () => Figures>> = {
  'server memory on 10,000 files': async () => {
    await until('a loop', () => state(), settled, LONG_MS);
    return memory();
  },
  'keystroke to squiggle, 10,000 files': () => keystrokes('packages/p0/src/f50.ts', "import 'p9';\n"),
  'server memory after typing': memory,
};

function settled(told: Awaited<ReturnType<typeof state>>): boolean {
  return told !== undefined && !['never', 'running'].includes(told.stages.loop.status);
}

interface Stall {
  /** Longest time in which the event loop did not come round, milliseconds. */
  readonly longest: number;
  /** Most that this process computed in one such time: the rest of it other processes had the cores. */
  readonly computed: number;
}

const TICK_MS = 5;

/** The writing is left out: it waits for another process. */
async function stalls(work: () => Promise<unknown>): Promise<Stall> {
  const started = work();
  await new Promise((resolve) => setTimeout(resolve, 0));
  let [longest, computed] = [0, 0];
  let [last, cpu] = [performance.now(), process.cpuUsage()];
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(cpu);
    const gap = performance.now() - last - TICK_MS;
    longest = Math.max(longest, gap);
    computed = Math.max(computed, Math.min(gap, (user + system) / 1000));
    [last, cpu] = [performance.now(), process.cpuUsage()];
  }, TICK_MS);
  await started;
  clearInterval(timer);
  return { longest, computed };
}

async function memory(): Figures {
  const [pid] = serverPids();
  assert.ok(pid, 'no server process');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { 'MB now': read('VmRSS'), 'MB at most': read('VmHWM') };
}

/** Median milliseconds from an edit that breaks a boundary, or mends it, to the diagnostics that say so. */
async function keystrokes(path: string, breach: string): Figures {
  const document = await workspace.openTextDocument(Uri.file(join(folder().dir, path)));
  await window.showTextDocument(document);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const times: number[] = [];
  for (let count = 0; count < EDITS; count++) {
    const broken = count % 2 === 0;
    const told = changed(document.uri, () => codes(path).includes('boundary/denied') === broken);
    const started = performance.now();
    await edit(document.uri, new Range(0, 0, broken ? 0 : 1, 0), broken ? breach : '');
    await told;
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await commands.executeCommand('workbench.action.files.revert');
  await commands.executeCommand('workbench.action.closeAllEditors');
  times.sort((a, b) => a - b);
  return { 'ms median': times[EDITS / 2] ?? Number.NaN, 'ms at most': times.at(-1) ?? Number.NaN };
}

function changed(uri: Uri, holds: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('no diagnostics within 30 s')), 30_000);
    const listener = languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((told) => told.toString() === uri.toString()) || !holds()) return;
      clearTimeout(limit);
      listener.dispose();
      resolve();
    });
  });
}
