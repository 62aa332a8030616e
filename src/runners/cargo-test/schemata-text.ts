import { exchanged } from '../../engine/mutation/mutant.ts';
import type { MutatedSource, NumberedMutant } from '../../engine/mutation/mutant-runner.ts';
import { RUNTIME } from './runtime-text.ts';

/** How much of a mutant is written: asleep, its place counted, nothing. The compiler may refuse the first, then the second. */
export type Depth = 'switched' | 'counted' | 'left';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly form: 'expression' | 'statement';
  readonly mutants: NumberedMutant[];
  readonly inner: Place[];
}

export interface RustSchemata {
  readonly text: string;
  readonly depths: ReadonlyMap<number, Depth>;
}

/** One text with all mutants asleep in it. Comments mark what belongs to which, for when the compiler complains of it. */
export function writeSchemata(source: MutatedSource, depthOf: (mutant: NumberedMutant) => Depth): RustSchemata {
  const depths = new Map<number, Depth>();
  const places = new Map<string, Place>();
  for (const mutant of source.mutants) {
    const { start, end, form } = mutant.exchange;
    const depth = isWritable(source.text, mutant) ? depthOf(mutant) : 'left';
    depths.set(mutant.number, depth);
    if (depth === 'left') continue;
    const key = `${start}-${end}`;
    const place = places.get(key) ?? { start, end, form, mutants: [], inner: [] };
    place.mutants.push(mutant);
    places.set(key, place);
  }
  const text = between(source.text, 0, source.text.length, nested([...places.values()]), depths);
  return { text, depths };
}

/** Items, and bindings that later statements need, are no statements that can stand in a branch. */
function isWritable(text: string, { exchange, atLoad }: NumberedMutant): boolean {
  const piece = text.slice(exchange.start, exchange.end);
  if (exchange.form === 'statement' && ITEM.test(piece)) return false;
  // A macro wants its first string as it stands.
  if (
    /^(?:b|c|r)*#*"/.test(piece) &&
    /\w!\s*[([{]\s*$/.test(text.slice(Math.max(0, exchange.start - 60), exchange.start))
  )
    return false;
  return !atLoad && !isInConstFunction(text, exchange.start);
}

const ITEM =
  /^(?:let|const(?!\s*\{)|static|(?:pub(?:\([^)]*\))?\s+)?(?:fn|mod|impl|struct|enum|trait|type|use|extern|macro_rules!|(?:const|async|unsafe)\s+(?:unsafe\s+)?fn|unsafe\s+impl))\b/;

function isInConstFunction(text: string, offset: number): boolean {
  const last = [
    ...text
      .slice(Math.max(0, offset - 20_000), offset)
      .matchAll(/^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?((?:\w+[ \t]+|extern[ \t]*"[^"]*"[ \t]+)*)fn[ \t]+\w/gm),
  ].at(-1);
  return last !== undefined && /\bconst\b/.test(last[1] ?? '');
}

function nested(places: readonly Place[]): readonly Place[] {
  const sorted = [...places].sort((a, b) => a.start - b.start || b.end - a.end);
  const roots: Place[] = [];
  const open: Place[] = [];
  for (const place of sorted) {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= place.start) open.pop();
    (open.at(-1)?.inner ?? roots).push(place);
    open.push(place);
  }
  return roots;
}

function between(
  text: string,
  start: number,
  end: number,
  places: readonly Place[],
  depths: ReadonlyMap<number, Depth>,
): string {
  let result = '';
  let at = start;
  for (const place of places) {
    result += text.slice(at, place.start) + written(text, place, depths);
    at = place.end;
  }
  return result + text.slice(at, end);
}

function written(text: string, place: Place, depths: ReadonlyMap<number, Depth>): string {
  const original = between(text, place.start, place.end, place.inner, depths);
  const asleep = place.mutants.filter(({ number }) => depths.get(number) === 'switched');
  const counted = place.mutants.filter(({ number }) => depths.get(number) === 'counted');
  const hits = counted.map(({ number }) => `${RUNTIME}::hit(${number});`).join('');
  const isBlock = text.charAt(place.start) === '{';
  const cases = asleep.map((mutant) => `if ${RUNTIME}::on(${mutant.number}) ${branch(text, mutant)} else `).join('');
  const choice = cases === '' ? original : `${cases}${isBlock ? original : `{${original}}`}`;
  const numbers = place.mutants.map(({ number }) => number).join(',');
  const inBraces = isBlock || hits !== '' ? `{${hits}${choice}}` : choice;
  const whole = place.form === 'statement' || isBlock ? inBraces : `(${inBraces})`;
  return `${begin(numbers)}${whole}${finish(numbers)}`;
}

function begin(numbers: string): string {
  return `/*downforce [${numbers}*/`;
}

function finish(numbers: string): string {
  return `/*downforce ]${numbers}*/`;
}

/** In braces, and on one line, so that what follows stays on its own. */
function branch(text: string, mutant: NumberedMutant): string {
  const mutated = exchanged(text, mutant);
  const flat = /\/\/|["']/.test(mutated) ? mutated : mutated.replace(/\s*\n\s*/g, ' ');
  const isBlock = text.charAt(mutant.exchange.start) === '{' && flat.startsWith('{') && flat.endsWith('}');
  const name = `m${mutant.number}`;
  return `{${begin(name)}${isBlock ? flat.slice(1, -1) : flat}${finish(name)}}`;
}

/** Whose text an offset of schemata lies in: of one mutant, or of the original at the place of several. */
export type Owner =
  | { readonly kind: 'mutant'; readonly number: number }
  | { readonly kind: 'place'; readonly numbers: readonly number[] };

/** The innermost; undefined outside of all places. */
export function ownerAt(schemata: string, offset: number): Owner | undefined {
  const open: string[] = [];
  for (const { 1: side, 2: name = '', index } of schemata.matchAll(/\/\*downforce ([[\]])([\dm,]+)\*\//g)) {
    if (index >= offset) break;
    if (side === '[') open.push(name);
    else open.splice(open.lastIndexOf(name), 1);
  }
  return ownerOf(open.at(-1));
}

/** The place that was begun last before an offset: what the compiler complains of after it may come of it. */
export function ownerBefore(schemata: string, offset: number): Owner | undefined {
  const names = [...schemata.slice(0, offset).matchAll(/\/\*downforce \[([\d,]+)\*\//g)];
  return ownerOf(names.at(-1)?.[1]);
}

function ownerOf(name: string | undefined): Owner | undefined {
  if (name === undefined) return undefined;
  if (name.startsWith('m')) return { kind: 'mutant', number: Number(name.slice(1)) };
  return { kind: 'place', numbers: name.split(',').map(Number) };
}
