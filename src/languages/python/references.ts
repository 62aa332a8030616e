import type { Extraction, Reference } from '../../engine/language.ts';
import { type DynamicImport, readCall, readPlugins } from './calls.ts';
import { type Import, readImport } from './imports.ts';
import { isWord, Kind, kindOf, nameEnd, skipBlank } from './lex.ts';
import { TypeChecking } from './type-checking.ts';
import { type Visitor, walk } from './walk.ts';

const READING_BUDGET = 100_000;
const OPEN = 40;
const DOT = 46;
const EQUALS = 61;
const COLON = 58;
/** All that imports has "import" in its text; the exception is a list of plugins. */
const PLUGINS = 'pytest_plugins';

export function extract(path: string, text: string): Extraction {
  if (!text.includes('import') && !text.includes(PLUGINS)) return { references: [] };
  const collector = new Collector(text, /(?:^|\/)__init__\.pyi?$/.test(path));
  const problem = walk(text, collector) ?? collector.problem;
  return { references: collector.references, ...(problem === undefined ? {} : { unanalysed: problem }) };
}

class Collector implements Visitor {
  readonly references: Reference[] = [];
  problem: string | undefined;
  /** Characters of arguments that may be read: calls nested in calls must not make the reading quadratic. */
  private budget: number;
  private readonly text: string;
  private readonly initializer: boolean;
  private readonly types: TypeChecking;
  /** What the importing functions are called here, and which function each name means. */
  private readonly callees = new Map([
    ['import_module', 'import_module'],
    ['__import__', '__import__'],
    ['importorskip', 'importorskip'],
  ]);
  /** Bit n is set where some callee has n letters: most names need no look-up. */
  private lengths = (1 << 13) | (1 << 10) | (1 << 12);
  private readonly holders = new Set(['importlib', 'builtins', '__builtins__']);
  /** Names that surely are the importing function, so that even a computed argument tells something. */
  private readonly certain = new Set(['__import__']);

  constructor(text: string, initializer: boolean) {
    this.text = text;
    this.budget = READING_BUDGET + text.length;
    this.initializer = initializer;
    this.types = new TypeChecking(text);
  }

  statement(at: number, column: number): number {
    if (column >= 0) this.types.line(at, column);
    const statement = readImport(this.text, at);
    if (statement !== undefined) {
      if (statement.broken) this.problem ??= 'an import cannot be read';
      for (const one of statement.imports) this.add(one);
      return statement.end;
    }
    if (isWord(this.text, at, PLUGINS)) this.plugins(at + PLUGINS.length);
    return definedName(this.text, at);
  }

  name(start: number, end: number): void {
    if ((this.lengths & (1 << (end - start))) === 0 || end - start > 31) return;
    const callee = this.callees.get(this.text.slice(start, end));
    if (callee === undefined) return;
    const certain = this.isCertain(start, end);
    const next = skipBlank(this.text, end, false);
    if (this.text.charCodeAt(next) === OPEN) {
      const call = this.call(next, callee);
      if (certain || (call.specifier !== undefined && !call.glob)) this.addDynamic(call);
    } else if (certain && this.text.charCodeAt(next) !== EQUALS) {
      // The function itself is handed on; what is imported through it cannot be known.
      this.addDynamic({ specifier: undefined, glob: false, start, end, names: undefined });
    }
  }

  private call(open: number, callee: string): DynamicImport {
    if (this.budget < 0) return { specifier: undefined, glob: false, start: open, end: open + 1, names: undefined };
    const call = readCall(this.text, open, callee, this.initializer);
    this.budget -= call.cost;
    return call;
  }

  /** Whether the name is importlib's, not one that some other object happens to have. */
  private isCertain(start: number, end: number): boolean {
    if (this.text.charCodeAt(start - 1) !== DOT) return this.certain.has(this.text.slice(start, end));
    let from = start - 1;
    while (kindOf(this.text.charCodeAt(from - 1)) === Kind.name) from--;
    return this.holders.has(this.text.slice(from, start - 1));
  }

  private add(one: Import): void {
    const { specifier, start, end } = one;
    const names = one.names?.map(({ name }) => name);
    this.push({ specifier, kind: 'static', start, end, ...(names === undefined ? {} : { names }) });
    if (this.holders.has(specifier)) this.learn(one);
  }

  private learn(one: Import): void {
    if (one.alias !== undefined) this.holders.add(one.alias);
    for (const { name, alias = name } of one.names ?? []) {
      const callee = this.callees.get(name);
      if (callee === undefined) continue;
      this.callees.set(alias, callee);
      this.certain.add(alias);
      this.lengths |= 1 << alias.length;
    }
  }

  private addDynamic({ specifier, glob, start, end, names }: DynamicImport): void {
    const extra = { ...(glob ? { glob } : {}), ...(names === undefined ? {} : { names }) };
    this.push({ specifier, kind: 'dynamic', start, end, ...extra });
  }

  private push(reference: Omit<Reference, 'typeOnly'>): void {
    this.references.push({ ...reference, typeOnly: this.types.active });
  }

  /** `pytest_plugins = …`, `pytest_plugins += …`, `pytest_plugins: list[str] = …`. */
  private plugins(after: number): void {
    let at = skipBlank(this.text, after, false);
    if (this.text.charCodeAt(at) === COLON) at = this.text.indexOf('=', at);
    else if (this.text.charCodeAt(at) === 43) at++;
    if (at < 0 || this.text.charCodeAt(at) !== EQUALS || this.text.charCodeAt(at + 1) === EQUALS) return;
    for (const plugin of readPlugins(this.text, at + 1)) this.addDynamic(plugin);
  }
}

/** Past the name that `def` gives, which is no use of it; else `at`. */
function definedName(text: string, at: number): number {
  const start = isWord(text, at, 'async') ? skipBlank(text, at + 'async'.length, false) : at;
  return isWord(text, start, 'def') ? nameEnd(text, skipBlank(text, start + 'def'.length, false)) : at;
}
