import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPlaces } from '../../javascript/driver/places.ts';
import { openEvents, readRequest } from '../../javascript/driver/request.ts';
import { serveTexts } from './serve-texts.ts';
import { type Shared, share } from './shared.ts';

interface JestCli {
  run(argv: readonly string[], project?: string): Promise<void>;
}

const request = readRequest(process.argv[2] ?? '');
const tell = openEvents(request.events);
const own = createRequire(join(request.cwd, 'package.json'));

/** A package as Jest itself sees it, wherever the package manager has put it. */
function fromJest(name: string): string {
  return createRequire(own.resolve('jest/package.json')).resolve(name);
}

function unfit(reason: string): never {
  tell({ type: 'unfit', reason });
  process.exit(0);
}

function locate(): { readonly cli: string; readonly runner: string } {
  try {
    const cli = fromJest('jest-cli');
    const config = createRequire(cli).resolve('jest-config');
    return { cli, runner: createRequire(config).resolve('jest-circus/runner') };
  } catch (error) {
    return unfit(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

/** ts-jest reads types; a text that holds two expressions in one place need not have one that fits. */
function quietTypes(): void {
  const files = new Set(request.sources.map(({ path }) => path));
  for (const place of ['ts-jest/dist/legacy/config/config-set', 'ts-jest/dist/config/config-set']) {
    try {
      const { ConfigSet } = own(place) as {
        ConfigSet: { prototype: { shouldReportDiagnostics(file: string): boolean } };
      };
      const usual = ConfigSet.prototype.shouldReportDiagnostics;
      ConfigSet.prototype.shouldReportDiagnostics = function report(file: string): boolean {
        return !files.has(file) && usual.call(this, file);
      };
      return;
    } catch {
      // Not used here, or another version's place.
    }
  }
}

const { cli, runner } = locate();
const shared: Shared = { request, places: createPlaces(request.sources), tell, killed: new Set(), runner, dryMs: 0 };
share(shared);
serveTexts(request.sources);
quietTypes();
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
await (own(cli) as JestCli).run(
  [...flags, ...quiet, `--testRunner=${ours}`, `--reporters=${reporter}`, ...files],
  request.cwd,
);
tell({ type: 'dry', ms: shared.dryMs });
tell({ type: 'end' });
process.exit(0);
