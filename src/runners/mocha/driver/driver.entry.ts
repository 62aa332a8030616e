/*
 * Starts the user's own Mocha, with the command line that the user gave, and takes over where it would run the tests: by then
 * everything was loaded as it always is. Where Mocha starts itself again with options for Node, this goes along.
 */
import childProcess, { type SpawnOptions } from 'node:child_process';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { Diary } from '../../javascript/driver/diary.ts';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { serveModules, substitutesOf, unfitNode } from '../../javascript/driver/serve-modules.ts';
import { installSwitchboard } from '../../javascript/driver/switchboard.ts';
import { locate } from '../../javascript/driver/users-package.ts';
import { watchReads } from '../../javascript/driver/watch-reads.ts';
import type { MochaClass } from './mocha-types.ts';
import { takeOver, type Work } from './take-over.ts';

/** Where a Mocha that was started again finds the request. */
const VARIABLE = 'DOWNFORCE_MOCHA_REQUEST';

const inherited = process.env[VARIABLE];
delete process.env[VARIABLE];
const path = inherited ?? process.argv[2] ?? '';
const request = readRequest(path);
const mocha = dirname(locate(join(request.cwd, 'package.json'), 'mocha/package.json'));

const [alone = 0] = request.mode === 'alone' ? request.tries : [];
const diary = new Diary(join(request.scratch, 'diary.jsonl'), request.mutants);
const work: Work = {
  request,
  tell: openEvents(request.events),
  alone,
  board: installSwitchboard(globalThis, request.mutants),
  diary,
  family: { request: path, drivers: dirname(fileURLToPath(import.meta.url)), number: alone, diary: diary.path },
  loadNotes: [],
};
const unfit = unfitNode();
if (unfit !== undefined) {
  work.tell({ type: 'unfit', reason: unfit });
  process.exit(0);
}
const substitutes = substitutesOf(request.sources);
watchReads(new Set(substitutes.keys()), (note) => {
  if (work.rounds === undefined) work.loadNotes.push(note);
  else work.rounds.notice(note);
});
serveModules(substitutes, { url: new URL('./javascript-loader.mjs', import.meta.url).href, data: path });
const loaded: MochaClass | { default: MochaClass } = createRequire(join(mocha, 'package.json'))(mocha);
takeOver('default' in loaded ? loaded.default : loaded, work);

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
