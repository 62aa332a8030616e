/*
 * Starts the user's own Mocha, with the command line that the user gave, and takes over where it would run the tests: by then
 * everything was loaded as it always is. Where Mocha starts itself again with options for Node, this goes along.
 */
import childProcess, { type SpawnOptions } from 'node:child_process';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { serveModules, substitutesOf } from '../../javascript/driver/serve-modules.ts';
import type { MochaClass } from './mocha-types.ts';
import { takeOver } from './take-over.ts';

/** Where a Mocha that was started again finds the request. */
const VARIABLE = 'DOWNFORCE_MOCHA_REQUEST';

const inherited = process.env[VARIABLE];
delete process.env[VARIABLE];
const path = inherited ?? process.argv[2] ?? '';
const request = readRequest(path);
const mocha = dirname(createRequire(join(request.cwd, 'package.json')).resolve('mocha/package.json'));

serveModules(substitutesOf(request.sources), {
  url: new URL('./javascript-loader.mjs', import.meta.url).href,
  data: path,
});
const loaded: MochaClass | { default: MochaClass } = createRequire(join(mocha, 'package.json'))(mocha);
takeOver('default' in loaded ? loaded.default : loaded, request, openEvents(request.events));

if (inherited === undefined) {
  goAlong();
  process.argv = [process.execPath, join(mocha, 'bin', 'mocha.js'), ...wordsOf(request)];
  await import(pathToFileURL(process.argv[1] ?? '').href);
}

interface Settings {
  readonly flags: readonly string[];
  readonly operands: readonly string[];
  /** The configuration names the files, and the command line can only add to them. */
  readonly isWhole: boolean;
}

function wordsOf({ settings, testFiles }: DriverRequest): readonly string[] {
  const { flags, operands, isWhole } = settings as unknown as Settings;
  return [...flags, ...(isWhole || testFiles.length === 0 ? operands : testFiles)];
}

/** Mocha 10 to 12 start `node OPTIONS lib/cli/cli.js …`. */
function goAlong(): void {
  const { spawn } = childProcess;
  const along = (program: string, args: readonly string[], options: SpawnOptions): unknown => {
    const cli = args.findIndex((word) => word.startsWith(join(mocha, 'lib', 'cli')));
    if (program !== process.execPath || cli < 0) return spawn(program, args, options);
    const words = [...args.slice(0, cli), '--import', import.meta.url, ...args.slice(cli)];
    return spawn(program, words, { ...options, env: { ...process.env, ...options.env, [VARIABLE]: path } });
  };
  Object.assign(childProcess, { spawn: Object.assign(along, spawn) });
  syncBuiltinESMExports();
}
