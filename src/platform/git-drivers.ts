import { switchedOff } from './driver-options.ts';
import { plumb } from './plumbing.ts';

/** For what is to be compared as the text it is, whoever named the programs. */
export async function withoutDrivers(dir: string, signal?: AbortSignal): Promise<readonly string[]> {
  const question = ['config', '--name-only', '-z', '--get-regexp', '^(filter|merge)\\..*\\.'];
  const names = await plumb(dir, question, {}, signal);
  return switchedOff(names.stdout.toString('utf8').split('\0'));
}
