import { ShapeError } from './shape.ts';

/** `undefined` where the text is not JSON: no JSON text means `undefined`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The one document in `text`, with or without noise around it (a script runner's banner, a test's prints, a summary).
 * `opening` is a global pattern for how the document begins; the last match that is whole JSON wins.
 */
export function assertDocument(text: string, opening: RegExp): unknown {
  if (text.trim() === '') throw new ShapeError('the output is empty where a JSON document should be');
  const whole = parseJson(text);
  if (whole !== undefined) return whole;
  const starts = [...text.matchAll(opening)].slice(-MAX_STARTS).reverse();
  for (const { index } of starts) {
    const end = endOfValue(text, index);
    const value = end === undefined ? undefined : parseJson(text.slice(index, end));
    if (value !== undefined) return value;
  }
  throw new ShapeError('there is no whole JSON document in the output');
}

/** One value a line, between lines of plain text. */
export function* readLines(text: string): Generator<{ readonly line: string; readonly value: unknown }> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.charCodeAt(end - 1) === CARRIAGE_RETURN ? text.slice(start, end - 1) : text.slice(start, end);
    yield { line, value: line.startsWith('{') ? parseJson(line) : undefined };
    start = end + 1;
  }
}

const MAX_STARTS = 16;
const CARRIAGE_RETURN = 13;
const STRUCTURAL = /["{}[\]]/g;

function endOfValue(text: string, start: number): number | undefined {
  let depth = 0;
  let at = start;
  for (;;) {
    STRUCTURAL.lastIndex = at;
    const found = STRUCTURAL.exec(text);
    if (!found) return undefined;
    at = found.index + 1;
    if (found[0] === '"') {
      const end = endOfString(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else {
      depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
      if (depth === 0) return at;
    }
  }
}

function endOfString(text: string, start: number): number | undefined {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
  return undefined;
}
