import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commentedConfig } from '../engine/config/commented-config.ts';
import { CONFIG_FILE } from '../engine/config/config-file.ts';
import { ExpectedError } from '../engine/errors.ts';
import { survey } from '../engine/survey.ts';
import { openEngine } from '../harness/open-engine.ts';
import { printAnswer } from './answer.ts';
import type { Arguments } from './args.ts';
import { openOptions } from './open-options.ts';
import type { Streams } from './streams.ts';

/** Writes a commented configuration of what was detected; never overwrites. */
export async function initCommand(args: Arguments, streams: Streams, signal: AbortSignal): Promise<number> {
  const engine = await openEngine(openOptions(args, streams), signal);
  const file = join(engine.root, CONFIG_FILE);
  if (existsSync(file))
    throw new ExpectedError('init/exists', `${CONFIG_FILE} is already there.`, 'Edit it; init never overwrites.');
  const text = commentedConfig(await survey(engine));
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new ExpectedError(
      'init/write',
      `${CONFIG_FILE} could not be written: ${error instanceof Error ? error.message : String(error)}`,
      'Make the folder writable.',
      3,
    );
  }
  const nextActions = [{ command: 'downforce loop', description: 'Judge the present change with it.' }];
  printAnswer(
    {
      command: 'downforce init',
      ok: true,
      result: { written: CONFIG_FILE },
      lines: [`wrote ${CONFIG_FILE}`],
      nextActions,
    },
    args,
    streams,
  );
  return 0;
}
