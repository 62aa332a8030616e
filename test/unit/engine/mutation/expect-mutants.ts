import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { generateMutants } from '../../../../src/engine/mutation/generate.ts';
import type { MutableFile, MutableReader, Span } from '../../../../src/engine/mutation/mutable.ts';
import { type Mutant, mutate } from '../../../../src/engine/mutation/mutant.ts';
import type { Operator } from '../../../../src/engine/mutation/operator.ts';
import { OPERATORS, operatorsNamed } from '../../../../src/engine/mutation/operators/index.ts';
import { LANGUAGES } from '../../../../src/languages/index.ts';
import { createGrammars } from '../../../../src/platform/grammars.ts';

const grammars = createGrammars();
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const readers = new Map<string, Promise<MutableReader>>();

/** What the reader of the path's language finds in a text. */
export async function mutablesOf(path: string, text: string): Promise<MutableFile> {
  const language = LANGUAGES.find((candidate) => candidate.matches(path));
  if (language?.openMutables === undefined) throw new Error(`no language mutates ${path}`);
  const reader = readers.get(language.id) ?? language.openMutables(grammars);
  readers.set(language.id, reader);
  return (await reader)(path, text);
}

/** Mutants of all lines (or of those given, from 1), arid ones included. */
export async function mutantsOf(
  path: string,
  text: string,
  operators: readonly Operator[] = OPERATORS,
  lines?: readonly number[],
): Promise<readonly Mutant[]> {
  const file = await mutablesOf(path, text);
  expect(file.unanalysed).toBeUndefined();
  const language = LANGUAGES.find((candidate) => candidate.matches(path))?.id ?? 'typescript';
  const all = text.split('\n').map((_, index) => index + 1);
  return generateMutants({ path, language, text, file, lines: new Set(lines ?? all), operators, digest });
}

/** One operator makes exactly these texts of a text. */
export async function expectMutants(
  path: string,
  text: string,
  operator: string,
  ...mutated: readonly string[]
): Promise<void> {
  const mutants = await mutantsOf(path, text, operatorsNamed([operator]));
  expect(mutants.map(({ edit }) => mutate(text, edit)).toSorted()).toEqual(mutated.toSorted());
  // The edit lies in what is exchanged at run time.
  for (const { edit, exchange } of mutants) expect(holds(exchange, edit)).toBe(true);
}

export type Sample = 'ts' | 'js' | 'tsx' | 'py' | 'go' | 'rs' | 'java';

/** Statements of a function, as each language puts them into a file. */
export const WHOLE: Readonly<Record<Sample, (statements: string) => string>> = {
  ts: (statements) => `export async function f() {\n  ${statements}\n  end();\n}\n`,
  js: (statements) => `export async function f() {\n  ${statements}\n  end();\n}\n`,
  tsx: (statements) => `export async function f() {\n  ${statements}\n  end();\n}\n`,
  py: (statements) => `async def f(a, b, c):\n    ${statements}\n    end()\n`,
  go: (statements) => `package p\n\nfunc f(a, b, c int) {\n\t${statements}\n\tend()\n}\n`,
  rs: (statements) => `fn f(a: i32, b: i32, c: i32) {\n    ${statements}\n    end();\n}\n`,
  java: (statements) => `class A {\n  void f(int a, int b, int c) {\n    ${statements}\n    end();\n  }\n}\n`,
};

export type Row = readonly [language: Sample, statements: string, ...mutated: string[]];

/** A table of statements, and what the operator makes of them; `end();` behind them is not looked at. */
export function itMutates(operator: string, rows: readonly Row[]): void {
  it.each(rows.map(([language, statements, ...mutated]) => ({ language, statements, mutated })))(
    '$language: $statements',
    async ({ language, statements, mutated }) => {
      const text = WHOLE[language](statements);
      const start = text.indexOf(statements);
      const end = start + statements.length;
      const mutants = await mutantsOf(`src/a.${language}`, text, operatorsNamed([operator]));
      const inside = mutants.filter(({ edit }) => start <= edit.start && edit.end <= end);
      const rest = text.length - end;
      expect(inside.map(({ edit }) => mutate(text, edit).slice(start, -rest)).toSorted()).toEqual(mutated.toSorted());
      for (const { edit, exchange } of inside) expect(holds(exchange, edit)).toBe(true);
    },
  );
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
