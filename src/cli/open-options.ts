import { resolve } from 'node:path';
import { oneLine } from '../engine/text.ts';
import type { OpenOptions } from '../harness/open-engine.ts';
import type { Arguments } from './args.ts';
import type { Streams } from './streams.ts';

export function openOptions(args: Arguments, streams: Streams): OpenOptions {
  return {
    dir: resolve(streams.cwd, args.root ?? '.'),
    base: args.base,
    configFile: args.config === undefined ? undefined : resolve(streams.cwd, args.config),
    warn: (message) => {
      if (!args.quiet) streams.stderr.write(`downforce: ${oneLine(message)}\n`);
    },
  };
}
