/** Walks Python text token by token, past strings and comments, and calls at the places where imports may stand. */
import { breakLength, isFormatPrefix, Kind, kindOf, lineEnd, nameEnd, skipBlank, stringEnd } from './lex.ts';

const BYTE_ORDER_MARK = 0xfeff;
const TAB = 9;
const FORM_FEED = 12;
const TAB_WIDTH = 8;

export interface Visitor {
  /**
   * A statement starts at `at`; `column` is its indentation where it is the first of its line, else -1.
   * Returns where the walk goes on: after what was read.
   */
  statement(at: number, column: number): number;
  /** A name (or keyword or number) in code, attributes and the insides of f-strings included. */
  name(start: number, end: number): void;
}

/** Returns why the text cannot be trusted to have been read to its end; undefined where all is well. */
export function walk(text: string, visitor: Visitor): string | undefined {
  return new Walker(text, visitor).run();
}

class Walker {
  private readonly text: string;
  private readonly visitor: Visitor;
  private at = 0;
  private problem: string | undefined;

  constructor(text: string, visitor: Visitor) {
    this.text = text;
    this.visitor = visitor;
  }

  run(): string | undefined {
    if (this.text.charCodeAt(0) === BYTE_ORDER_MARK) this.at = 1;
    this.line();
    const depth = this.code(this.text.length, true);
    if (depth !== 0) this.problem ??= 'unbalanced brackets';
    return this.problem;
  }

  /** Walks up to `end`; `statements` is false inside replacement fields. Returns how many brackets stay open. */
  private code(end: number, statements: boolean): number {
    let depth = 0;
    while (this.at < end) {
      const kind = kindOf(this.text.charCodeAt(this.at));
      if (kind === Kind.name) this.name();
      else if (kind === Kind.quote) this.string(this.at, false);
      else if (kind === Kind.hash) this.at = lineEnd(this.text, this.at);
      else if (kind === Kind.join) this.at += 1 + breakLength(this.text, this.at + 1);
      else if (kind === Kind.newline) this.newline(statements && depth === 0);
      else if (kind === Kind.colon) this.colon(statements && depth === 0);
      else {
        this.at++;
        if (kind === Kind.open) depth++;
        else if (kind === Kind.close) depth--;
        if (depth < 0) {
          depth = 0;
          this.problem ??= 'unbalanced brackets';
        }
      }
    }
    return depth;
  }

  private name(): void {
    const start = this.at;
    this.at = nameEnd(this.text, start);
    if (kindOf(this.text.charCodeAt(this.at)) === Kind.quote) {
      this.string(this.at, isFormatPrefix(this.text, start, this.at));
    } else this.visitor.name(start, this.at);
  }

  private string(quote: number, format: boolean): void {
    const { end, closed } = stringEnd(this.text, quote, format, (from, to) => this.field(from, to));
    if (!closed) this.problem ??= 'unterminated string';
    this.at = end;
  }

  private field(start: number, end: number): void {
    this.at = start;
    this.code(end, false);
  }

  private newline(ends: boolean): void {
    this.at += breakLength(this.text, this.at);
    if (ends) this.line();
  }

  /** After `;` and after the `:` of a compound statement another statement follows, if anything does. */
  private colon(ends: boolean): void {
    this.at++;
    if (ends) this.statement(-1);
  }

  private statement(column: number): void {
    this.at = skipBlank(this.text, this.at, false);
    if (kindOf(this.text.charCodeAt(this.at)) === Kind.name) this.at = this.visitor.statement(this.at, column);
  }

  /** At the start of a line outside brackets: measures the indentation as Python does. */
  private line(): void {
    let column = 0;
    let code = this.text.charCodeAt(this.at);
    while (kindOf(code) === Kind.blank) {
      if (code === TAB) column += TAB_WIDTH - (column % TAB_WIDTH);
      else column = code === FORM_FEED ? 0 : column + 1;
      this.at++;
      code = this.text.charCodeAt(this.at);
    }
    this.statement(column);
  }
}
