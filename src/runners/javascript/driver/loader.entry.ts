/* Loaded into Node's loader thread, before the loaders of the user. */
import { readRequest } from './request.ts';
import { type Substitutes, substituted, substitutesOf } from './serve-modules.ts';

interface Loaded {
  readonly source?: unknown;
}

let substitutes: Substitutes = new Map();

/** `path` is the request's. */
export function initialize(path: string): void {
  substitutes = substitutesOf(readRequest(path).sources);
}

export async function load(
  url: string,
  context: unknown,
  next: (url: string, context: unknown) => Promise<Loaded>,
): Promise<Loaded> {
  return substituted(substitutes, url, await next(url, context));
}
