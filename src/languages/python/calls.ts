/** Reads calls that import by a string: import_module(), __import__(), pytest.importorskip(). */
import { Kind, kindOf, nameEnd, skipBlank, stringEnd } from './lex.ts';
import { type StringValue, stringValue } from './literals.ts';

/** The module that a call imports; `specifier` is undefined where it is computed. */
export interface DynamicImport {
  readonly specifier: string | undefined;
  readonly glob: boolean;
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[] | undefined;
}

export interface CallImport extends DynamicImport {
  /** How much text was read for it. */
  readonly cost: number;
}

/** Longer argument lists are taken for computed ones. */
const MAX_ARGUMENTS = 4096;

interface Argument {
  readonly keyword: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Reads the arguments of the call whose bracket is at `open`. `initializer` is true in an `__init__` file. */
export function readCall(text: string, open: number, callee: string, initializer: boolean): CallImport {
  const close = closing(text, open);
  const list = readArguments(text, open, close);
  const at = (position: number, keyword: string): Argument | undefined =>
    list.find((argument) => argument.keyword === keyword) ??
    list.filter(({ keyword: word }) => word === undefined)[position];
  const name = at(0, callee === 'importorskip' ? 'modname' : 'name');
  const starred = name !== undefined && text.startsWith('*', name.start);
  const value = name === undefined || starred ? undefined : stringValue(text, name.start, name.end);
  const range = value ?? name ?? { start: open, end: open + 1 };
  const anchored =
    callee === '__import__'
      ? withLevel(text, value, at(4, 'level'))
      : withPackage(text, value, at(1, 'package'), initializer);
  const fromList = callee === '__import__' ? at(3, 'fromlist') : undefined;
  return {
    specifier: anchored,
    glob: anchored !== undefined && value?.glob === true,
    start: range.start,
    end: range.end,
    names: anchored === undefined || fromList === undefined ? undefined : strings(text, fromList.start, fromList.end),
    cost: close - open,
  };
}

/** The literals of `pytest_plugins = …` from `start` on; what is not one is a plugin that we cannot know. */
export function readPlugins(text: string, start: number): readonly DynamicImport[] {
  const from = skipBlank(text, start, false);
  const bracketed = kindOf(text.charCodeAt(from)) === Kind.open;
  const end = bracketed ? closing(text, from) : statementEnd(text, from);
  const items = bracketed ? readArguments(text, from) : [{ keyword: undefined, start: from, end }];
  return items.map((item): DynamicImport => {
    const value = stringValue(text, item.start, item.end);
    // pytest itself finds its own optional plugin by the short name.
    const specifier = value?.value === 'pytester' ? '_pytest.pytester' : value?.value;
    const range = value ?? item;
    return { specifier, glob: value?.glob === true, start: range.start, end: range.end, names: undefined };
  });
}

/** `import_module('.x', package)`: the package is this file's own, a literal, or not known. */
function withPackage(
  text: string,
  value: StringValue | undefined,
  anchor: Argument | undefined,
  initializer: boolean,
): string | undefined {
  if (value === undefined || !value.value.startsWith('.') || anchor === undefined) return value?.value;
  const written = text.slice(anchor.start, anchor.end).trim();
  if (written === '__package__' || written === '__spec__.parent' || (written === '__name__' && initializer))
    return value.value;
  const literal = stringValue(text, anchor.start, anchor.end);
  if (literal === undefined || literal.glob) return undefined;
  const dots = /^\.+/.exec(value.value)?.[0].length ?? 0;
  const parents = literal.value.split('.');
  if (dots > parents.length) return undefined;
  return [...parents.slice(0, parents.length - dots + 1), value.value.slice(dots)].join('.').replace(/\.$/, '');
}

function withLevel(text: string, value: StringValue | undefined, level: Argument | undefined): string | undefined {
  if (value === undefined || level === undefined) return value?.value;
  const written = text.slice(level.start, level.end).trim();
  return /^\d$/.test(written) ? '.'.repeat(Number(written)) + value.value : written === '-1' ? value.value : undefined;
}

function strings(text: string, start: number, end: number): readonly string[] | undefined {
  if (kindOf(text.charCodeAt(start)) !== Kind.open) return undefined;
  const names = readArguments(text, start).map((item) => stringValue(text, item.start, Math.min(item.end, end)));
  const known = names.flatMap((name) => (name === undefined || name.glob ? [] : [name.value]));
  return known.length === names.length && known.length > 0 ? known : undefined;
}

/** Splits what is in the bracket at `open` at its commas. */
function readArguments(text: string, open: number, end = closing(text, open)): readonly Argument[] {
  const list: Argument[] = [];
  let start = skipBlank(text, open + 1, true);
  for (let at = start; at < end; ) {
    const stop = itemEnd(text, at, end);
    if (stop > start) list.push(toArgument(text, start, stop));
    start = skipBlank(text, stop + 1, true);
    at = start;
  }
  return list;
}

function toArgument(text: string, start: number, end: number): Argument {
  const word = nameEnd(text, start);
  const equals = skipBlank(text, word, true);
  if (word === start || text[equals] !== '=' || text[equals + 1] === '=') return { keyword: undefined, start, end };
  return { keyword: text.slice(start, word), start: skipBlank(text, equals + 1, true), end };
}

/** The next comma outside nested brackets and strings, or `end`. */
function itemEnd(text: string, start: number, end: number): number {
  for (let at = start; at < end; ) {
    if (text[at] === ',') return at;
    at = tokenEnd(text, at);
  }
  return end;
}

/** After the string, the bracketed group, the comment or the one character at `at`. */
function tokenEnd(text: string, at: number): number {
  const kind = kindOf(text.charCodeAt(at));
  if (kind === Kind.quote) return stringEnd(text, at, false).end;
  if (kind === Kind.open) return Math.min(closing(text, at) + 1, text.length);
  return Math.max(at + 1, skipBlank(text, at, true));
}

/** Index of the bracket that closes the one at `open`, whatever its shape, or where the search ends. */
function closing(text: string, open: number): number {
  const limit = Math.min(text.length, open + MAX_ARGUMENTS);
  let depth = 0;
  for (let at = open; at < limit; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === Kind.open) depth++;
    else if (kind === Kind.close && --depth === 0) return at;
    at = kind === Kind.open || kind === Kind.close ? at + 1 : tokenEnd(text, at);
  }
  return limit;
}

function statementEnd(text: string, start: number): number {
  for (let at = start; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === Kind.newline || text[at] === ';' || kind === Kind.hash) return at;
    at = kind === Kind.quote ? stringEnd(text, at, false).end : at + 1;
  }
  return text.length;
}
