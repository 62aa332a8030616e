import { type AridPart, aridCall, calleeGlob, hints } from './arid-calls.ts';
import { aridPlace, STARTS_PROGRAM } from './arid-places.ts';
import { outlineOf } from './arid-statements.ts';
import { textOf } from './edits.ts';
import type { Mutable, MutableFile, Span } from './mutable.ts';
import { SpanIndex } from './span-index.ts';

/** Why a mutable is worth no one's time; undefined where it is worth it. */
export type Aridity = (mutable: Mutable) => string | undefined;

interface Area extends Span {
  readonly reason: string;
  readonly part: AridPart;
  /** Of arguments, whether it is the first. */
  readonly first?: boolean;
}

/**
 * What is arid in a file: by call (logging, metrics, sleeps, assertions …), by place, and by the compound rule of Google's
 * mutation testing: what holds nothing but arid statements is arid too. `extra` are globs of callees: `audit.*`.
 */
export function createAridity(file: MutableFile, text: string, extra: readonly string[]): Aridity {
  const { mutables, spelling } = file;
  const areas = new SpanIndex(areasOf(file, text, extra.map(calleeGlob)));
  const functions = new SpanIndex(mutables.filter(isFunctionBody));
  const own: Aridity = (mutable) =>
    aridPlace(mutable, text, spelling) ?? areaOf(mutable, areas, functions, text)?.reason;
  const compound = new SpanIndex(
    outlineOf(mutables, text).arid(
      (statement) => own(statement) !== undefined || isAridDeclaration(statement, areas, text),
    ),
  );
  return (mutable) => own(mutable) ?? [...compound.around(mutable)][0]?.reason;
}

function areaOf(
  mutable: Mutable,
  areas: SpanIndex<Area>,
  functions: SpanIndex<Mutable>,
  text: string,
): Area | undefined {
  for (const area of areas.around(mutable)) if (covers(area, mutable, functions, text)) return area;
  const { start, end } = mutable;
  for (const area of areas.beginningIn({ start, end: Math.min(end, start + LONGEST_PREFIX) }))
    if ((area.part === 'all' || area.part === 'own') && isOnly(mutable, area, text)) return area;
  return undefined;
}

/** `defer`, `await`, `not (`, `_ = ` and the like before a call. */
const LONGEST_PREFIX = 40;

function areasOf({ mutables, spelling }: MutableFile, text: string, extra: readonly RegExp[]): readonly Area[] {
  return mutables.flatMap((mutable): readonly Area[] => {
    switch (mutable.kind) {
      case 'call': {
        const arid = aridCall(mutable, text, spelling, extra);
        const spans = arid?.part === 'arguments' || arid?.part === 'strings' ? mutable.arguments : [mutable];
        const sized = hints(mutable, text, spelling).map(([span, reason]) => ({
          ...spanOf(span),
          reason,
          part: 'own' as const,
        }));
        const own =
          arid === undefined ? [] : spans.map((span, index) => ({ ...spanOf(span), ...arid, first: index === 0 }));
        return [...own, ...sized];
      }
      case 'statement':
        if (mutable.of === 'throw') return [{ ...spanOf(mutable), reason: 'the text of an error', part: 'strings' }];
        return asserts(mutable, text) ? [{ ...spanOf(mutable), reason: 'an assertion', part: 'all' }] : [];
      case 'condition': {
        const whole = STARTS_PROGRAM.test(textOf(text, mutable)) ? statementAround(mutable, mutables) : undefined;
        return whole === undefined ? [] : [{ ...spanOf(whole), reason: "a program's start", part: 'all' }];
      }
      default:
        return [];
    }
  });
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function asserts(statement: Span, text: string): boolean {
  return /^assert\b/.test(text.slice(statement.start, statement.start + 10));
}

function statementAround({ start, end }: Span, mutables: readonly Mutable[]): Mutable | undefined {
  return mutables.findLast((mutable) => mutable.kind === 'statement' && mutable.start <= start && mutable.end >= end);
}

/** Whether an area that a mutable is in speaks of it. */
function covers(area: Area, mutable: Mutable, functions: SpanIndex<Mutable>, text: string): boolean {
  if (area.part === 'strings') return mutable.kind === 'string' && isMessage(mutable, area, text);
  if (area.part !== 'own') return true;
  for (const body of functions.around(mutable)) if (holds(area, body)) return false;
  return true;
}

/** Words for a person; one word elsewhere than at the beginning may be a code that programs read. */
function isMessage(string: Span, area: Area, text: string): boolean {
  return area.first === true || /\s|[$%]?\{/.test(text.slice(string.start, string.end));
}

/** The statement, condition, negation or `await` around a call and nothing else. */
function isOnly({ kind, start, end }: Mutable, { start: from, end: to }: Span, text: string): boolean {
  if (end < to || kind === 'block' || end - start > to - from + LONGEST_PREFIX) return false;
  return (
    /^(?:await\b|void\b|go\b|defer\b|_\s*=|[!(\s]|not\b)*$/.test(text.slice(start, from)) &&
    /^(?:\.await\b|[?);\s])*$/.test(text.slice(to, end))
  );
}

const DECLARES = /^(?:(?:const|let|var|final)\s+)?(?:\w+\s+)?[\w$]+\s*(?::\s*[\w.<>]+\s*)?:?=\s*(?:await\s+)?$/;

function isAridDeclaration(statement: Mutable, areas: SpanIndex<Area>, text: string): boolean {
  for (const { start, end, part } of areas.beginningIn(statement)) {
    if ((part !== 'all' && part !== 'own') || end > statement.end) continue;
    if (!/^[;\s]*$/.test(text.slice(end, statement.end))) continue;
    if (DECLARES.test(text.slice(statement.start, start))) return true;
  }
  return false;
}

function isFunctionBody(mutable: Mutable): boolean {
  return (mutable.kind === 'block' && mutable.of === 'function') || (mutable.kind === 'return' && mutable.implied);
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
