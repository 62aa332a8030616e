import { createRequire } from 'node:module';

/**
 * Where a package of the user's is, as a file of the user's (absolute) would find it.
 * @throws where it is not installed.
 */
export function locate(from: string, name: string): string {
  return createRequire(from).resolve(name);
}

/** Loads it, so that it is the one and only that the user's own code gets. */
export function load<T>(from: string, name: string): T {
  return createRequire(from)(name) as T;
}
