import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { ChangedFile } from '../engine/change/change.ts';
import type { Check } from '../engine/checks/check.ts';
import type { Engine } from '../engine/survey.ts';
import { TOOLS } from '../engine/tools/index.ts';
import { LANGUAGES } from '../languages/index.ts';
import { ambientState } from '../platform/ambient.ts';
import { driverFile } from '../platform/drivers.ts';
import { openRepository } from '../platform/git.ts';
import { createGrammars } from '../platform/grammars.ts';
import { matchLines } from '../platform/match-lines.ts';
import { createMutantScratch } from '../platform/mutant-scratch.ts';
import { processes } from '../platform/processes.ts';
import { readChange } from '../platform/read-change.ts';
import { readStatus } from '../platform/read-status.ts';
import { openSandbox } from '../platform/sandbox.ts';
import { createScratch } from '../platform/scratch.ts';
import { createStore } from '../platform/store.ts';
import { createToolbox } from '../platform/toolbox.ts';
import { type OpenedTree, openBaseTree, openWorkTree, workTreeState } from '../platform/trees.ts';
import { RUNNERS } from '../runners/index.ts';
import { readConfig, readWaivers } from './own-files.ts';
import { VERSION } from './version.ts';

export interface OpenOptions {
  /** Absolute folder to start from. */
  readonly dir: string;
  readonly base: string | undefined;
  /** Absolute path of a configuration file elsewhere. */
  readonly configFile: string | undefined;
  /** Told what does not stop the run. */
  warn(message: string): void;
}

/** The engine over a real repository: what languages, runners and platform offer, put together once for every front. */
export async function openEngine(options: OpenOptions, signal?: AbortSignal): Promise<Engine> {
  const repository = await openRepository(options.dir);
  const config = await readConfig(repository.root, options.configFile);
  const waivers = await readWaivers(repository.root);
  const status = readStatus(repository, signal);
  const [told, tree] = await Promise.all([
    readChange(repository, options.base ?? config.base, status, signal),
    openWorkTree(repository, status, signal),
  ]);
  const change = { ...told, files: withConcealed(told.files, tree) };
  let ambient: Promise<string | undefined> | undefined;
  return {
    root: repository.root,
    branch: repository.branch,
    config,
    waivers,
    change,
    tree,
    hasSubmodules: tree.hasSubmodules,
    openBaseTree: () => openBaseTree(repository, change, tree),
    state: () => tree.state(),
    hasMoved: async () => (await workTreeState(repository)) !== tree.state(),
    languages: LANGUAGES,
    grammars: createGrammars(),
    tools: [...TOOLS, ...RUNNERS],
    store: createStore(repository.root, options.warn),
    toolbox: createToolbox(),
    processes,
    clock: { now: () => performance.now(), date: () => new Date().toISOString() },
    digest: sha256,
    matchLines,
    createScratch,
    mutation: {
      createScratch: createMutantScratch,
      driver: driverFile,
      openSandbox: (wanted) => openSandbox(repository.root, tree, wanted),
    },
    absolute: (path) => join(repository.root, path),
    searchPath: (check) => searchPath(repository.root, check),
    ambient: () => {
      // What happens inside a submodule no input here speaks of.
      ambient ??= tree.hasSubmodules ? Promise.resolve(undefined) : ambientState(repository.root);
      return ambient;
    },
    env: (name) => process.env[name],
    version: `${VERSION} ${process.version}`,
    cores: availableParallelism(),
  };
}

/** git was told to look away from these; they are changed all the same. */
function withConcealed(files: readonly ChangedFile[], tree: OpenedTree): readonly ChangedFile[] {
  const known = new Set(files.map((file) => file.path));
  const more = tree.concealed().filter((file) => !known.has(file.path));
  return more.length === 0 ? files : [...files, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function searchPath(root: string, check: Check): string {
  const parts = check.cwd.split('/').filter((part) => part !== '');
  const folders = parts.map((_, index) => join(root, ...parts.slice(0, parts.length - index)));
  const modules = [...folders, root].map((folder) => join(folder, 'node_modules', '.bin'));
  const known = (process.env['PATH'] ?? '').split(delimiter);
  const own = [...check.executables.map(dirname), ...modules].filter((folder) => !known.includes(folder));
  return [...new Set(own), ...known].join(delimiter);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
