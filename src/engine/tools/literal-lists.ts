/** A list (or single string) written out in a JavaScript configuration, with the names of the objects it stands in. */
export interface LiteralList {
  /** `['test', 'include']` for `{ test: { include: ['…'] } }`. */
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|[A-Za-z_$][\w$]*|\d[\w.]*|\s+|[\s\S]/g;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;

interface Frame {
  readonly open: string;
  readonly key: string | undefined;
  readonly values: string[];
}

/**
 * Finds lists of strings by scanning brackets; no code is run. What is computed is left out, so a list may be
 * shorter than the one the tool sees.
 */
export function findLiteralLists(text: string): readonly LiteralList[] {
  const lists: LiteralList[] = [];
  const frames: Frame[] = [];
  const keys = (): string[] => frames.flatMap(({ key }) => (key === undefined ? [] : [key]));
  let previous = '';
  let pending: string | undefined;
  for (const token of tokensOf(text)) {
    const value = stringValue(token);
    if (token === ':' && /^[\w$'"]/.test(previous)) pending = stringValue(previous) ?? previous;
    else if (/^[[{(]$/.test(token)) {
      frames.push({ open: token, key: pending, values: [] });
      pending = undefined;
    } else if (/^[\]})]$/.test(token)) {
      const frame = frames.at(-1);
      if (frame?.open === '[' && frame.values.length > 0) lists.push({ keys: keys(), values: frame.values });
      frames.pop();
      pending = undefined;
    } else if (value !== undefined && pending !== undefined && previous === ':') {
      lists.push({ keys: [...keys(), pending], values: [value] });
      pending = undefined;
    } else if (value !== undefined && frames.at(-1)?.open === '[') frames.at(-1)?.values.push(value);
    else if (token === ',') pending = undefined;
    previous = token;
  }
  return lists;
}

function* tokensOf(text: string): Generator<string> {
  TOKEN.lastIndex = 0;
  let last = '';
  let position = 0;
  while (position < text.length) {
    REGEX.lastIndex = position;
    const regex = text[position] === '/' && /^$|[(,=:[!&|?{};>]$/.test(last) ? REGEX.exec(text) : null;
    TOKEN.lastIndex = position;
    const token = regex?.[0] ?? TOKEN.exec(text)?.[0] ?? '';
    position += Math.max(token.length, 1);
    if (regex !== null || /^\s|^\/[/*]/.test(token)) continue;
    last = token;
    yield token;
  }
}

function stringValue(token: string): string | undefined {
  const quote = token[0];
  if (token.length < 2 || (quote !== "'" && quote !== '"' && quote !== '`')) return undefined;
  return quote === '`' && token.includes('${') ? undefined : token.slice(1, -1).replace(/\\(.)/g, '$1');
}
