import { type Survey, survey } from '../../src/engine/survey.ts';
import { openEngine } from '../../src/harness/open-engine.ts';

/** What Downforce sees in a folder before it runs a check. */
export async function surveyOf(dir: string, base?: string): Promise<Survey> {
  const warn = (message: string): void => {
    throw new Error(message);
  };
  return survey(await openEngine({ dir, base, configFile: undefined, warn }));
}

/** The change, a line each: `status path`, ` < from` of a rename, ` (entry)` of what is no plain file. */
export async function changeOf(dir: string, base?: string): Promise<readonly string[]> {
  const { change } = await surveyOf(dir, base);
  return change.files.map(({ status, path, from, entry }) => {
    const origin = from === undefined ? '' : ` < ${from}`;
    return `${status} ${path}${origin}${entry === 'file' ? '' : ` (${entry})`}`;
  });
}

/** Paths that may depend on the change with their distance, the changed ones at 0. */
export async function reachOf(dir: string, base?: string): Promise<Readonly<Record<string, number>>> {
  const { radius } = await surveyOf(dir, base);
  return Object.fromEntries([...radius.reached].map(([path, { distance }]) => [path, distance]));
}
