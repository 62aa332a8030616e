// Narrowing of unknown JSON by hand: at 10,000 findings a schema library costs more than the parsing.

/** The document is not what the format promises; `guard` turns it into an `unparseable`. */
export class ShapeError extends Error {}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function assertFields(value: unknown, what: string): Fields {
  if (!isFields(value)) throw new ShapeError(`${what} is not an object`);
  return value;
}

export function assertList(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeError(`${what} is not a list`);
  return value;
}

export function assertText(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new ShapeError(`${what} is not a text`);
  return value;
}

/** What is not there counts as empty; what is there must be an object to be read. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Turns a place counted from zero into one counted from one. */
export function fromZero(value: unknown): number | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : number + 1;
}
