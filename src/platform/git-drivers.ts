import { plumb } from './plumbing.ts';

/**
 * Options that switch off the programs which a repository's configuration and attributes may name: what is compared is the text
 * as it stands. A merge that a program would make counts as a conflict.
 */
export async function withoutDrivers(dir: string, signal?: AbortSignal): Promise<readonly string[]> {
  const question = ['config', '--name-only', '-z', '--get-regexp', '^(filter|merge)\\..*\\.'];
  const names = await plumb(dir, question, {}, signal);
  return names.stdout.toString('utf8').split('\0').flatMap(switchedOff);
}

function switchedOff(name: string): readonly string[] {
  const match = /^(filter|merge)\.(.+)\.(clean|process|smudge|required|driver)$/i.exec(name);
  if (match === null) return [];
  const [, section = '', , key = ''] = match;
  if (section.toLowerCase() === 'merge') return key === 'driver' ? ['-c', `${name}=false`] : [];
  return ['-c', key === 'required' ? `${name}=false` : `${name}=`];
}
