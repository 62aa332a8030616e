import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Absolute path of a program on the PATH; never one of the folder that one happens to be in. */
export async function findProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): Promise<string | undefined> {
  const endings = platform === 'win32' ? (env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''];
  const folders = isAbsolute(name) ? [''] : name.includes('/') ? [] : pathOf(env, platform);
  for (const folder of folders.filter((entry) => entry === '' || isAbsolute(entry)))
    for (const ending of endings) {
      const file = folder === '' ? name : join(folder, `${name}${ending.toLowerCase()}`);
      if (await runs(file)) return file;
    }
  return undefined;
}

function pathOf(env: Readonly<Record<string, string | undefined>>, platform: string): readonly string[] {
  const path = env['PATH'] ?? (platform === 'win32' ? env['Path'] : undefined) ?? '';
  return path.split(platform === 'win32' ? ';' : delimiter).filter((entry) => entry !== '');
}

async function runs(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not for us.
    return false;
  }
}
