import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlaces } from '../../javascript/driver/places.ts';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { load, locate } from '../../javascript/driver/users-package.ts';
import { runAgain } from './runs.ts';
import { serveTexts } from './serve-texts.ts';
import { type Shared, share } from './shared.ts';

interface JestCli {
  run(argv: readonly string[], project?: string): Promise<void>;
}

const request = readRequest(process.argv[2] ?? '');
const tell = openEvents(request.events);
const here = join(request.cwd, 'package.json');

function unfit(reason: string): never {
  tell({ type: 'unfit', reason });
  process.exit(0);
}

/** Jest's parts as Jest itself sees them, wherever the package manager has put them. */
function findJest(): { readonly cli: string; readonly circus: string; readonly runner: string } {
  try {
    const cli = locate(locate(here, 'jest/package.json'), 'jest-cli');
    const config = locate(cli, 'jest-config');
    return { cli, circus: locate(config, 'jest-circus/runner'), runner: locate(config, 'jest-runner') };
  } catch (error) {
    return unfit(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

interface TsJestConfig {
  readonly ConfigSet: { prototype: { shouldReportDiagnostics: () => boolean } };
}

/** ts-jest checks types; of a text that holds two expressions in one place they need not fit, there and in what uses it. */
function quietTypes(): void {
  for (const place of ['ts-jest/dist/legacy/config/config-set', 'ts-jest/dist/config/config-set']) {
    try {
      const { ConfigSet } = load<TsJestConfig>(here, place);
      ConfigSet.prototype.shouldReportDiagnostics = () => false;
      return;
    } catch {
      // Not used here, or another version's place.
    }
  }
}

const { cli, circus, runner } = findJest();
const shared: Shared = {
  request,
  places: createPlaces(request.sources),
  tell,
  killed: new Set(),
  reached: new Map(),
  firsts: new Map(),
  inForce: request.mode === 'alone' ? (request.tries[0] ?? 0) : 0,
  runner: circus,
  isRed: false,
  dryMs: 0,
};
share(shared);
serveTexts(request.sources);
quietTypes();
runAgain(runner, shared);
// Tests that look at the command line see what a worker of Jest would show them.
process.argv = [process.execPath, cli];
const flags = Array.isArray(request.settings['flags']) ? request.settings['flags'].map(String) : [];
const files =
  request.testFiles.length > 0
    ? ['--runTestsByPath', ...request.testFiles]
    : (request.settings['operands'] as string[]);
const ours = fileURLToPath(new URL('./jest-runner.mjs', import.meta.url));
const reporter = fileURLToPath(new URL('./jest-reporter.mjs', import.meta.url));
const quiet = [
  '--ci',
  '--runInBand',
  '--silent',
  '--coverage=false',
  '--watchAll=false',
  '--watchman=false',
  '--bail=0',
];
// Jest's own CLI, so that everything is read as it always is; it says by the exit status what we know already.
await load<JestCli>(here, cli).run(
  [...flags, ...quiet, `--testRunner=${ours}`, `--reporters=${reporter}`, ...files],
  request.cwd,
);
tell({ type: 'dry', ms: shared.dryMs });
tell({ type: 'end' });
process.exit(0);
