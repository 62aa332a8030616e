import { linkSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { DecisionFile } from '../engine/decisions/new-decision.ts';
import { ExpectedError } from '../engine/errors.ts';

/** @throws ExpectedError where a link on the way leads out of the repository, or into `.git`. */
export function insideOf(root: string, file: string): string {
  const path = join(root, file);
  let existing = path;
  while (!isThere(existing)) existing = dirname(existing);
  const [top, real] = [realpathSync(root), leadsTo(existing)];
  const rest = real?.slice(top.length + 1) ?? '';
  const inside = real !== undefined && (real === top || real.startsWith(top + sep));
  if (inside && !`${rest}/`.startsWith(`.git${sep}`) && !`${rest}/`.startsWith('.git/')) return path;
  throw new ExpectedError('write/outside', `${file} leads out of the repository.`, 'Name a place inside it.');
}

/** Below a file there is nothing. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return false;
    throw error;
  }
}

/** Undefined for a link that leads nowhere. */
function leadsTo(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Atomic: a reader sees the file as it was or as it is; a fresh one takes the place of none. */
export function writeInside(root: string, written: DecisionFile): void {
  const path = insideOf(root, written.file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    replace(path, written);
  } catch (error) {
    throw unwritable(written.file, error);
  }
}

function replace(path: string, { content, fresh }: DecisionFile): void {
  const draft = `${path}.${process.pid}.draft`;
  try {
    writeFileSync(draft, content);
    // A link's own name stays what it is: what it leads to is written.
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (fresh) linkSync(draft, path);
    else renameSync(draft, isLink ? realpathSync(path) : path);
  } finally {
    rmSync(draft, { force: true });
  }
}

export function unwritable(file: string, error: unknown): ExpectedError {
  const why = error instanceof Error ? error.message : String(error);
  return new ExpectedError(
    'write/failed',
    `${file} could not be read or written: ${why}`,
    'See that the folder can be written to.',
    3,
  );
}
