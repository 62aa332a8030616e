import { lstat, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where an agent finds its prompt, relative to the root; never in git, since the folder ignores itself. */
export const PROMPT_FILE = '.downforce/relay/prompt.md';

/** @throws where a link stands in the way: a repository could have us write anywhere by it. */
export async function writePromptFile(root: string, prompt: string): Promise<void> {
  const state = join(root, '.downforce');
  await makeFolder(state);
  await makeFolder(join(state, 'relay'));
  await writeFile(join(state, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error;
  });
  const file = join(root, PROMPT_FILE);
  const aside = `${file}.${process.pid}.tmp`;
  await writeFile(aside, prompt, { flag: 'wx' });
  await rename(aside, file);
}

async function makeFolder(dir: string): Promise<void> {
  await mkdir(dir).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error;
  });
  if (!(await lstat(dir)).isDirectory()) throw new Error(`${dir} is no folder of its own`);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
