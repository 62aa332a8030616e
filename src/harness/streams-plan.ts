import { readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { makePlan, unreadablePlan } from '../engine/streams/make-plan.ts';
import { type Engine, type Survey, survey } from '../engine/survey.ts';
import type { StreamPlan } from '../protocol/streams.ts';

const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Reads a plan and what its streams would touch. What is wrong with the file is a problem of the plan.
 * @param file absolute, or relative to the root.
 */
export async function readPlan(engine: Engine, file: string, found?: Survey): Promise<StreamPlan> {
  const path = resolve(engine.root, file);
  const name = nameOf(path, engine.root);
  const read = readText(path);
  if (read.kind === 'problem') return unreadablePlan(name, read.message);
  return makePlan({ file: name, text: read.text }, engine, found ?? (await survey(engine)));
}

type Read = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'problem'; readonly message: string };

function readText(path: string): Read {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'problem', message: `There is no file ${path}.` };
  if (!stat.isFile()) return { kind: 'problem', message: `${path} is no file.` };
  if (stat.size > MAX_BYTES) return { kind: 'problem', message: 'The plan is larger than 2 MB.' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    const why = error instanceof TypeError ? 'it is not UTF-8' : error instanceof Error ? error.message : String(error);
    return { kind: 'problem', message: `The plan cannot be read: ${why}.` };
  }
}

/** Relative to the root where it lies inside. */
function nameOf(path: string, root: string): string {
  for (const [from, to] of [
    [root, path],
    [realPath(root), realPath(path)],
  ]) {
    const name = relative(from ?? '', to ?? '');
    if (name !== '' && name !== '..' && !name.startsWith(`..${sep}`)) return name.split(sep).join('/');
  }
  return path;
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    // Not there: as it was written.
    return path;
  }
}
