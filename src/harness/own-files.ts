import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { CONFIG_FILE } from '../engine/config/config-file.ts';
import { DEFAULT_CONFIG } from '../engine/config/default-config.ts';
import { ExpectedError } from '../engine/errors.ts';
import type { PlacedWaiver } from '../engine/waivers/waivers-file.ts';
import { WAIVERS_FILE } from '../engine/waivers/waivers-name.ts';
import type { Config } from '../protocol/config.ts';

/** @throws ExpectedError for a file that is not there or not right. */
export async function readConfig(root: string, file: string | undefined): Promise<Config> {
  const text = file === undefined ? readOwnFile(root, CONFIG_FILE) : readText(file);
  if (text === undefined) return DEFAULT_CONFIG;
  // The schema's library is loaded only where there is something to validate.
  const { parseConfig } = await import('../engine/config/load-config.ts');
  return parseConfig(text, file ?? CONFIG_FILE);
}

/** @throws ExpectedError for a file that is not right. */
export async function readWaivers(root: string): Promise<readonly PlacedWaiver[]> {
  const text = readOwnFile(root, WAIVERS_FILE);
  if (text === undefined) return [];
  const { parseWaivers } = await import('../engine/waivers/waivers-file.ts');
  return parseWaivers(text);
}

/** Text of a file of ours at the root of the repository; undefined where there is none. */
export function readOwnFile(root: string, name: string): string | undefined {
  const path = join(root, name);
  const link = lstatSync(path, { throwIfNoEntry: false });
  if (link === undefined) return undefined;
  // The repository's own file is the repository's: a link may not make a file of the user's out of it.
  const leads = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (leads && !isInside(realpathSync(root), realpathSync(path)))
    throw unreadable(path, 'it links out of the repository');
  return readText(path);
}

const MAX_SIZE = 1024 * 1024;

function readText(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw unreadable(path, 'there is no such file');
  if (!stat.isFile()) throw unreadable(path, 'it is no file');
  if (stat.size > MAX_SIZE)
    throw new ExpectedError('config/invalid', `${path} is larger than 1 MB.`, 'That is no file of Downforce.');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep);
}

function unreadable(path: string, why: string): ExpectedError {
  return new ExpectedError(
    'config/unreadable',
    `${path} cannot be read: ${why}.`,
    `Mend ${CONFIG_FILE} or ${WAIVERS_FILE}, or give an existing file to --config.`,
  );
}
