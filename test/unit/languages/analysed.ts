import { expect } from 'vitest';
import { createAnalyses } from '../../../src/engine/guards/analyses.ts';
import type { Analysis } from '../../../src/engine/language.ts';
import { LANGUAGES } from '../../../src/languages/index.ts';
import { createGrammars } from '../../../src/platform/grammars.ts';

const analyses = createAnalyses(LANGUAGES, createGrammars());

export async function analysed(path: string, text: string): Promise<Analysis> {
  const analysis = await analyses(path, text);
  if (analysis === undefined) throw new Error(`no language reads ${path}`);
  return analysis;
}

/** Two texts of which nothing that runs differs. */
export async function expectSame(path: string, left: string, right: string): Promise<void> {
  const [a, b] = [await analysed(path, left), await analysed(path, right)];
  expect([a.unanalysed, b.unanalysed]).toEqual([undefined, undefined]);
  expect(b.runtimeForm).toBe(a.runtimeForm);
}

export async function expectDifferent(path: string, left: string, right: string): Promise<void> {
  const [a, b] = [await analysed(path, left), await analysed(path, right)];
  expect([a.unanalysed, b.unanalysed]).toEqual([undefined, undefined]);
  expect(b.runtimeForm).not.toBe(a.runtimeForm);
}

/** Two tests of which nothing that runs differs, skipped and empty ones aside. */
export async function expectSameTests(path: string, left: string, right: string): Promise<void> {
  expect((await analysed(path, right)).testForm).toBe((await analysed(path, left)).testForm);
}

export async function expectOtherTests(path: string, left: string, right: string): Promise<void> {
  expect((await analysed(path, right)).testForm).not.toBe((await analysed(path, left)).testForm);
}

/** The symbol at the place marked `|` in a text. */
export async function symbolAtMark(path: string, marked: string): Promise<string> {
  const offset = marked.indexOf('|');
  return (await analysed(path, marked.replace('|', ''))).symbolAt(offset);
}

export async function markersOf(path: string, text: string): Promise<readonly string[]> {
  return (await analysed(path, text)).markers.map(
    ({ tool, code, start, end }) => `${tool} ${code} ${text.slice(start, end)}`,
  );
}
