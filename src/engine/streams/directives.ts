/** One thing that a stream says of itself in so many words. */
export interface Declared {
  readonly value: string;
  /** 1-based, in the plan. */
  readonly line: number;
}

export interface Directives {
  readonly paths: readonly Declared[];
  readonly scopes: readonly Declared[];
  readonly after: readonly Declared[];
}

type Kind = keyof Directives;

const WORDS: readonly (readonly [Kind, RegExp])[] = [
  ['paths', /^(paths?|files?|touches|pfade?|dateien)$/i],
  ['scopes', /^(scopes?|packages?|crates?)$/i],
  ['after', /^((comes |runs )?after|depends on|depends|blocked by|nach)$/i],
];
/** `Paths: a, b`, `- **Depends on:** x`, `#### Files`. */
const LINE =
  /^[ \t>]{0,12}(?:[-*+]\s+|#{3,6}\s+)?(?:\*\*|__|\*|_)?([A-Za-z][A-Za-z ]{2,14}?)(?:\*\*|__|\*|_)?\s*:(?:\*\*|__|\*|_)?(?:\s+(.*))?$/;
const HEADING = /^#{3,6}\s+([A-Za-z][A-Za-z ]{2,14}?)\s*:?$/;
const ITEM = /^\s*[-*+]\s+(.*)$/;
const NONE = /^(none|nothing|n\/a|[-–—]|keine?)?\.?$/i;

export function isDirective(line: string): boolean {
  return readLine(line.trimEnd()) !== undefined;
}

/**
 * What the lines of a stream declare, beginning with line `first` of the plan. A declaration without a value goes on in the list
 * below it.
 * @param isCode whether a line of the plan stands in a block of code.
 */
export function readDirectives(text: string, first: number, isCode: (line: number) => boolean): Directives {
  const found: Record<Kind, Declared[]> = { paths: [], scopes: [], after: [] };
  let open: Kind | undefined;
  text.split('\n').forEach((raw, index) => {
    const line = first + index;
    const plain = raw.trimEnd();
    if (isCode(line) || plain === '') return;
    const read = readLine(plain);
    const item = ITEM.exec(plain)?.[1];
    const kind = read?.kind ?? (item === undefined ? undefined : open);
    const value = read === undefined ? item : read.value;
    if (kind !== undefined && value !== undefined)
      for (const one of valuesOf(kind, value)) found[kind].push({ value: one, line });
    if (read !== undefined) open = read.value === '' ? read.kind : undefined;
    else if (item === undefined) open = undefined;
  });
  return found;
}

function readLine(line: string): { kind: Kind; value: string } | undefined {
  const match = LINE.exec(line) ?? HEADING.exec(line);
  const kind = WORDS.find(([, word]) => word.test(match?.[1] ?? ''))?.[0];
  return kind === undefined ? undefined : { kind, value: (match?.[2] ?? '').trim() };
}

/** Commas in a code span, in quotes or in braces part nothing. */
const PIECE = /(?:`[^`]*`|"[^"]*"|\{[^{}]*\}|[^,;])+/g;

function valuesOf(kind: Kind, value: string): readonly string[] {
  if (kind === 'after' || !value.includes('`')) return plainValues(kind, value);
  // What stands in words beside code spans is as a rule said of them, unless a comma sets it apart and it looks like one.
  const surely = kind === 'paths' ? /[/*.]/ : /^[\w@./-]+$/;
  return (value.match(PIECE) ?? []).flatMap((piece) => {
    const coded = [...piece.matchAll(/`([^`]+)`/g)].map(([, code]) => (code ?? '').trim());
    if (coded.length > 0) return coded.filter((one) => one !== '');
    return plainValues(kind, piece).filter((one) => surely.test(one));
  });
}

function plainValues(kind: Kind, value: string): readonly string[] {
  const plain = value.replace(/`/g, '').replace(/\((?=[^()]*\s)[^()]*\)/g, ' ');
  const values = kind === 'paths' ? (plain.match(PATH) ?? []) : plain.split(/[,;]\s*|\s+and\s+|\s+und\s+|\s+&\s+/);
  return values
    .map((one) => one.trim().replace(/^["']|["'.]$/g, ''))
    .filter((one) => !NONE.test(one) && !(kind === 'paths' && /^(and|und|&)$/.test(one)));
}

/** One of several, parted by commas or blanks, but in quotes or in braces. */
const PATH = /"[^"]+"|(?:\{[^{}\s]*\}|[^\s,;])+/g;
