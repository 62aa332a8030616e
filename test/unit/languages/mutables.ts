import { expect } from 'vitest';
import type { LanguageId } from '../../../src/engine/language.ts';
import type { Mutable, MutableFile, MutableReader, Span } from '../../../src/engine/mutation/mutable.ts';
import { LANGUAGES } from '../../../src/languages/index.ts';
import { createGrammars } from '../../../src/platform/grammars.ts';

type Kind = Mutable['kind'];

const readers = new Map<LanguageId, MutableReader>();

export async function readMutables(path: string, text: string): Promise<MutableFile> {
  const language = LANGUAGES.find((candidate) => candidate.matches(path));
  if (language?.openMutables === undefined) throw new Error(`no language reads ${path}`);
  const reader = readers.get(language.id) ?? (await language.openMutables(createGrammars()));
  readers.set(language.id, reader);
  const file = reader(path, text);
  expect(flaws(file.mutables, text)).toEqual([]);
  return file;
}

/** Mutables of these kinds, one line each. */
export async function told(path: string, text: string, ...kinds: readonly Kind[]): Promise<readonly string[]> {
  const { mutables, unanalysed } = await readMutables(path, text);
  expect(unanalysed).toBeUndefined();
  return mutables.filter(({ kind }) => kinds.includes(kind)).map((mutable) => line(mutable, text));
}

/** The only mutable of a text that starts where the mark `|` stands and is of this kind. */
export async function markedMutable(path: string, marked: string, kind: Kind): Promise<Mutable> {
  const offset = marked.indexOf('|');
  const { mutables } = await readMutables(path, marked.replace('|', ''));
  const [found] = mutables.filter((mutable) => mutable.start === offset && mutable.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} at the mark`);
  return found;
}

/** `binary [a] < [b]`, `call f(1)`, `statement kept return x`; what stands in brackets is a span of its own. */
function line(mutable: Mutable, text: string): string {
  const of = ({ start, end }: Span): string => text.slice(start, end).replace(/\s+/g, ' ');
  const part = (span: Span | undefined): string => (span === undefined ? '-' : `[${of(span)}]`);
  const { kind } = mutable;
  switch (kind) {
    case 'binary':
    case 'logical':
      return `${kind} ${part(mutable.left)} ${of(mutable.operator)} ${part(mutable.right)}`;
    case 'unary':
      return `unary ${of(mutable.operator)} ${part(mutable.operand)}`;
    case 'update':
      return `update ${of(mutable.operator)} ${part(mutable.operand)}${mutable.value ? ' used' : ''}`;
    case 'assignment':
      return `assignment ${part(mutable.target)} ${of(mutable.operator)} ${part(mutable.value)}`;
    case 'condition':
      return `${mutable.of} ${of(mutable)}`;
    case 'string':
      return `string ${of(mutable)} ${part(mutable.content)}${mutable.holes ? ' holes' : ''}`;
    case 'boolean':
      return `boolean ${mutable.value}`;
    case 'collection':
      return `${mutable.of} ${mutable.elements.map(part).join('')} in ${part(mutable.content)}`;
    case 'call': {
      const isNew = mutable.isNew ? 'new ' : '';
      return `call ${isNew}${part(mutable.callee)} ${part(mutable.receiver)} ${part(mutable.name)} ${mutable.arguments.map(part).join('')}`.trimEnd();
    }
    case 'return':
      return `${mutable.implied ? 'implied' : 'return'} ${part(mutable.value)}`;
    case 'statement':
      return `${mutable.of}${mutable.removable ? '' : ' kept'}: ${of(mutable)}`;
    case 'block':
      return `${mutable.of} ${mutable.statements}${mutable.emptiable ? '' : ' kept'}: ${of(mutable)}`;
    case 'await':
      return `await ${part(mutable.operand)}`;
    case 'slice':
      return `slice ${part(mutable.from)} ${part(mutable.to)}`;
    case 'default':
      return `default ${part(mutable.value)}`;
    case 'range':
    case 'optional-chain':
      return `${kind} ${of(mutable)}`;
    default:
      return `${kind} ${of(mutable)}`;
  }
}

/** What is wrong with spans, whatever the text: they lie inside each other, outer ones first, the exchange around them. */
export function flaws(mutables: readonly Mutable[], text: string): readonly string[] {
  const found: string[] = [];
  const open: Mutable[] = [];
  for (const mutable of mutables) {
    const flaw = (what: string): void => void found.push(`${what}: ${mutable.kind} at ${mutable.start}`);
    const { start, end, exchange } = mutable;
    if (start < 0 || end < start || end > text.length) flaw('outside');
    if (start === end && mutable.kind !== 'block') flaw('empty');
    if (!isIn(mutable, exchange)) flaw('not in its exchange');
    if (!innerSpans(mutable).every((inner) => isIn(inner, mutable))) flaw('parts outside');
    while ((open.at(-1)?.end ?? end) < end) open.pop();
    const around = open.at(-1);
    if (around !== undefined && around.start > start) flaw('out of order');
    open.push(mutable);
  }
  return found;
}

function innerSpans({ exchange: _, ...mutable }: Mutable): readonly Span[] {
  return Object.values(mutable)
    .flatMap((value: unknown) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is Span => typeof value === 'object' && value !== null && 'start' in value);
}

function isIn(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
