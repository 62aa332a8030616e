import { type JSONPath, visit } from 'jsonc-parser';
import { cut } from '../text.ts';

/** What a parser would let pass, though it cannot be meant. */
export interface JsonProblem {
  readonly offset: number;
  readonly message: string;
}

/** No configuration is so deep; what is deeper would overflow the stack of whatever walks it. */
const MAX_DEPTH = 50;

/** A key given twice or named like the prototype, a NUL, nesting without end. Safe on any text. */
export function findJsonProblems(text: string): readonly JsonProblem[] {
  const problems: JsonProblem[] = [];
  const objects: Set<string>[] = [];
  const enter = (offset: number): void => {
    objects.push(new Set());
    if (objects.length > MAX_DEPTH) throw new TooDeep(offset);
  };
  const leave = (): unknown => objects.pop();
  try {
    visit(text, {
      onObjectBegin: enter,
      onObjectEnd: leave,
      onArrayBegin: enter,
      onArrayEnd: leave,
      onObjectProperty: (key, offset, _length, _line, _column, path) => {
        const keys = objects.at(-1);
        const message = keyProblem(key, keys?.has(key) ?? false);
        if (message !== undefined) problems.push({ offset, message: `${dotted(path())} has ${message}` });
        keys?.add(key);
      },
      onLiteralValue: (value, offset, _length, _line, _column, path) => {
        if (hasNul(value)) problems.push({ offset, message: `${dotted(path())} holds a NUL character` });
      },
    });
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return [{ offset: error.offset, message: `nested deeper than ${MAX_DEPTH} levels` }];
  }
  return problems;
}

/** Leaves the visitor, which would go on down. */
class TooDeep extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('too deep');
    this.offset = offset;
  }
}

function keyProblem(key: string, isKnown: boolean): string | undefined {
  if (key === '__proto__') return 'the key "__proto__", which is no name';
  if (hasNul(key)) return 'a key with a NUL character in it';
  return isKnown ? `the key ${JSON.stringify(shortKey(key))} twice` : undefined;
}

function hasNul(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0');
}

/** Where in the configuration, for a person. */
export function dotted(path: JSONPath | readonly PropertyKey[]): string {
  return path.length === 0 ? 'the configuration' : path.map((part) => shortKey(String(part))).join('.');
}

export function shortKey(key: string): string {
  return cut(key, 60);
}
