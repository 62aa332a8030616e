import { exchanged } from '../../engine/mutation/mutant.ts';
import type { MutatedSource, NumberedMutant } from '../../engine/mutation/mutant-runner.ts';
import { positionAt } from '../../engine/text.ts';
import { RUNTIME } from './runtime-text.ts';
import { blankLiterals, statementAround } from './source-text.ts';

/** What was not done with a mutant, because the compiler refused it. */
export interface Refused {
  /** Cannot be switched: it needs a build of its own. */
  readonly switches: ReadonlySet<number>;
  /** Its place cannot be counted either. */
  readonly places: ReadonlySet<number>;
}

export interface GoSchemata {
  readonly text: string;
  readonly switched: readonly number[];
  /** Whose place is counted; those switched among them. */
  readonly counted: readonly number[];
}

/** How two versions of a piece can stand in one program. `pick` works out both, so neither may do anything else. */
type Form = 'condition' | 'statement' | 'block' | 'head' | 'pick';

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly switched: NumberedMutant[];
  readonly counted: number[];
  readonly form: Form | undefined;
  readonly inner: Piece[];
}

export interface Writing {
  /** Absolute path of the source. */
  readonly file: string;
  /** Import path of the package that schemata call. */
  readonly runtime: string;
  /** Whether the module is too old for type parameters; a file may be newer than its module. */
  readonly dated: boolean;
  readonly refused: Refused;
  /** Numbers of mutants to be switched; all others are only counted. */
  readonly wanted: ReadonlySet<number>;
}

/** One text with all mutants asleep in it that Go's syntax lets stand side by side without knowing types. Lines stay what they were. */
export function writeSchemata(source: MutatedSource, writing: Writing): GoSchemata {
  const { file, runtime, refused, wanted } = writing;
  const blank = blankLiterals(source.text);
  const [switched, counted] = [[] as number[], [] as number[]];
  const pieces = new Map<string, Piece>();
  const pieceAt = (start: number, end: number, form: Form | undefined): Piece => {
    const key = `${start}-${end}-${form ?? 'count'}`;
    const piece = pieces.get(key) ?? { start, end, switched: [], counted: [], form, inner: [] };
    pieces.set(key, piece);
    return piece;
  };
  for (const mutant of source.mutants) {
    const { number, exchange } = mutant;
    const form = wanted.has(number) && !refused.switches.has(number) ? formOf(mutant, source.text, blank) : undefined;
    const statement = statementAround(blank, exchange.start);
    if (form !== undefined) {
      if (refused.places.has(number)) continue;
      pieceAt(exchange.start, exchange.end, form).switched.push(mutant);
      switched.push(number);
      counted.push(number);
    } else if (refused.places.has(number)) continue;
    else if (isCondition(mutant, source.text, blank)) {
      pieceAt(exchange.start, exchange.end, 'condition').counted.push(number);
      counted.push(number);
    } else if (statement !== undefined) {
      pieceAt(statement.start, statement.start, undefined).counted.push(number);
      counted.push(number);
    }
  }
  const writer = new Writer(source.text, file);
  const body = writer.between(0, source.text.length, nested([...pieces.values()]));
  // An import that is not used is an error.
  if (counted.length === 0) return { text: source.text, switched, counted };
  const text = withImport(body, runtime, file);
  return {
    text: writing.dated && !/^\/\/(?:go:build| \+build) /m.test(text) ? `//go:build go1.18\n\n${text}` : text,
    switched,
    counted,
  };
}

/** On the line of the package clause, so that no line moves; the compiler is told what file it reads. */
export function withImport(text: string, runtime: string, file: string): string {
  const blank = blankLiterals(text);
  const [clause = ''] = /^[ \t]*package[ \t]+\w+/m.exec(blank) ?? [];
  const end = blank.indexOf(clause) + clause.length;
  const here = lineDirective(file, text, end);
  return `${text.slice(0, end)}; import ${RUNTIME} ${JSON.stringify(runtime)}${here}${text.slice(end)}`;
}

function lineDirective(file: string, text: string, offset: number): string {
  const { line } = positionAt(text, offset);
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return `/*line ${file}:${line}:${new TextEncoder().encode(before).length + 1}*/`;
}

function formOf(mutant: NumberedMutant, text: string, blank: string): Form | undefined {
  const { start, end, form } = mutant.exchange;
  const original = blank.slice(start, end);
  if (form === 'statement') {
    if (original.startsWith('{')) return 'block';
    if (/^(?:var|const|type|func|import|package)\b/.test(original) || /^[\w,\s]*:=/.test(original)) return undefined;
    const statement = statementAround(blank, start);
    if (statement === undefined) return undefined;
    return statement.start !== start || isPost(blank, end) ? 'head' : 'statement';
  }
  if (isCondition(mutant, text, blank)) return 'condition';
  return isPlain(mutant, text, blank) ? 'pick' : undefined;
}

/** The last part of a `for`'s head. */
function isPost(blank: string, end: number): boolean {
  return /^[ \t]*\{/.test(blank.slice(end, end + 40));
}

/** Gives true or false, by its operators or by where it stands. */
function isCondition({ exchange, edit }: NumberedMutant, text: string, blank: string): boolean {
  if (exchange.form !== 'expression') return false;
  const versions = [blank.slice(exchange.start, exchange.end), blankLiterals(exchanged(text, { exchange, edit }))];
  if (versions.some((version) => COMPARES.test(outermost(version)))) return true;
  const [before, after] = [blank.slice(0, exchange.start).trimEnd(), blank.slice(exchange.end).trimStart()];
  return (/(?:\bif|\bfor|&&|\|\||!)$/.test(before) && /^(?:\{|&&|\|\||\))/.test(after)) || /^(?:&&|\|\|)/.test(after);
}

const COMPARES = /&&|\|\||[=!<>]=|(?<![<])<(?![<-])|(?<![>])>(?!>)|^\s*!|^\s*(?:true|false)\s*$/;

/** Without what stands in brackets, functions written out in place included. */
function outermost(expression: string): string {
  let result = '';
  let depth = 0;
  for (const token of expression) {
    if ('([{'.includes(token)) depth++;
    if (depth === 0) result += token;
    if (')]}'.includes(token)) depth--;
  }
  return result;
}

/**
 * Whether both versions can be worked out where only one is wanted: names, literals, sums, and the few functions that do nothing
 * else. Constants that the compiler would look at more closely (divisors, shifts, indices, conversions) are left alone.
 */
function isPlain({ exchange, edit }: NumberedMutant, text: string, blank: string): boolean {
  const versions = [blank.slice(exchange.start, exchange.end), blankLiterals(exchanged(text, { exchange, edit }))];
  const [before, after] = [blank.slice(0, exchange.start).trimEnd(), blank.slice(exchange.end).trimStart()];
  if (
    /[/%[:]$|<<$|>>$|\b(?:u?int(?:8|16|32|64)?|byte|rune|float(?:32|64)|uintptr)\($/.test(before) ||
    /^[\]:]/.test(after)
  )
    return false;
  return versions.every((version) => {
    const known = version.replace(/\b(?:len|cap|min|max)\(/g, '(');
    return !/[/%[\]{}]|<<|>>|<-|&|\bfunc\b|\.\(|[\w)\]]\s*\(|^\s*\*/.test(known);
  });
}

/** As a tree: what lies within another is its inner piece. */
function nested(pieces: readonly Piece[]): readonly Piece[] {
  const sorted = [...pieces].sort(
    (a, b) => a.start - b.start || b.end - a.end || Number(a.form !== undefined) - Number(b.form !== undefined),
  );
  const roots: Piece[] = [];
  const open: Piece[] = [];
  for (const piece of sorted) {
    while (
      open.length > 0 &&
      (open.at(-1)?.end ?? 0) <= piece.start &&
      !(open.at(-1)?.start === piece.start && open.at(-1)?.end === piece.end)
    )
      open.pop();
    (open.at(-1)?.inner ?? roots).push(piece);
    if (piece.form !== undefined) open.push(piece);
  }
  return roots;
}

class Writer {
  readonly #text: string;
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  between(start: number, end: number, pieces: readonly Piece[]): string {
    let result = '';
    let at = start;
    for (const piece of pieces) {
      result += this.#text.slice(at, piece.start) + this.#piece(piece);
      at = piece.end;
    }
    return result + this.#text.slice(at, end);
  }

  #piece(piece: Piece): string {
    const original = this.#here(piece.start) + this.between(piece.start, piece.end, piece.inner);
    const cases = piece.switched.map((mutant) => ({ number: mutant.number, text: this.#mutated(mutant) }));
    switch (piece.form) {
      case undefined:
        return `${piece.counted.map((number) => `${RUNTIME}.Hit(${number});`).join('')}${this.#here(piece.start)}`;
      case 'condition': {
        const hits = piece.counted.map((number) => `${RUNTIME}.Hit(${number})&&`).join('');
        const mutants = cases.map(({ number, text }) => `${RUNTIME}.On(${number})&&(${text})||`).join('');
        const none = cases.map(({ number }) => `!${RUNTIME}.On(${number})&&`).join('');
        return `(${mutants}${hits}${none}(${original}))`;
      }
      case 'pick':
        // The original comes last, so that what follows is still where it was.
        return cases.reduce(
          (inner, { number, text }) => `${RUNTIME}.Pick(${number},(${text}),${inner})`,
          `(${original})`,
        );
      case 'statement':
        return choice(cases, original);
      case 'block':
        return `{${cases.map(({ number, text }) => `if ${RUNTIME}.On(${number}) ${text} else `).join('')}${original}}`;
      case 'head':
        return `func(){${choice(cases, original)}}()`;
      default:
        return piece.form satisfies never;
    }
  }

  /** Errors in it name the mutant. */
  #mutated(mutant: NumberedMutant): string {
    return `/*line ${mutantFile(this.#file, mutant.number)}:1:1*/${exchanged(this.#text, mutant)}`;
  }

  /** Leads the compiler back to where the original stands. */
  #here(offset: number): string {
    return lineDirective(this.#file, this.#text, offset);
  }
}

function choice(cases: readonly { readonly number: number; readonly text: string }[], original: string): string {
  return `${cases.map(({ number, text }) => `if ${RUNTIME}.On(${number}) {${text}} else `).join('')}{${original}}`;
}

/** What the compiler is told a mutant's file is. */
function mutantFile(file: string, number: number): string {
  return file.replace(/[^/\\]*$/, `${RUNTIME}m${number}.go`);
}

/** The mutant that an error of the compiler speaks of. */
export function mutantOf(file: string): number | undefined {
  const [, number] = /downforce__m(\d+)\.go$/.exec(file) ?? [];
  return number === undefined ? undefined : Number(number);
}
