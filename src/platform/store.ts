import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Store } from '../engine/ports.ts';

/** The folder that ignores itself in git; made at the first write. */
export const STATE_FOLDER = '.downforce';

/** @param warn is told once where the folder cannot be written to. */
export function createStore(root: string, warn: (message: string) => void): Store {
  const folder = join(root, STATE_FOLDER);
  let warned = false;
  let prepared = false;
  const guarded = (action: () => void): boolean => {
    try {
      if (!prepared) prepare(folder);
      prepared = true;
      action();
      return true;
    } catch (error) {
      if (!warned) warn(`could not write to ${STATE_FOLDER}/ (${reason(error)}): no report, history or cache is kept`);
      warned = true;
      return false;
    }
  };
  return {
    read: (name) => (isLink(folder) ? undefined : readOrNothing(join(folder, name))),
    write: (name, text) => guarded(() => replaceFile(join(folder, name), text)),
    append: (name, line) =>
      guarded(() => {
        const file = join(folder, name);
        mkdirSync(dirname(file), { recursive: true });
        appendFileSync(file, `${line}\n`);
      }),
    list: (name) => (isLink(folder) ? [] : filesIn(join(folder, name))),
    remove: (name) => {
      guarded(() => rmSync(join(folder, name), { force: true }));
    },
  };
}

function isLink(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function prepare(folder: string): void {
  // A repository could point it anywhere; what it points at is not ours to write to.
  if (isLink(folder)) throw new Error('it is a symbolic link');
  mkdirSync(folder, { recursive: true });
  if (readOrNothing(join(folder, '.gitignore')) === undefined) replaceFile(join(folder, '.gitignore'), '*\n');
}

/** Atomic on one file system; two runs at once leave one of the two texts, whole. */
function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not written yet, or unreadable: for state that can be made anew the two are the same.
    return undefined;
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  } catch {
    // Nothing was written there yet.
    return [];
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.message.split(',')[0] ?? error.message) : String(error);
}
