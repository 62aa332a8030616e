import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Change, ChangedFile } from '../engine/change/change.ts';
import type { Tree } from '../engine/ports.ts';
import { Git, type Repository } from './git.ts';
import { readStatus, type WorkTreeStatus } from './read-status.ts';

const MAX_BYTES = 4 * 1024 * 1024;

interface Entry {
  /** Blob id; undefined where the working tree's content is not the index's and has to be hashed. */
  readonly digest: string | undefined;
  readonly symlink: boolean;
  /** Blob id in the index of a file that git was told to look away from. */
  readonly assumed?: string;
}

/** A tree that remembers what git said of it when it was opened. */
export interface OpenedTree extends Tree {
  /** To be compared with `workTreeState` later: equal as long as no file has changed since. */
  state(): string;
  readonly hasSubmodules: boolean;
  /** Files that differ from the index though git was told to assume that they do not. */
  concealed(): readonly ChangedFile[];
}

/** The working tree as it stands: what git tracks or would track, without submodules. */
export async function openWorkTree(
  repository: Repository,
  status: Promise<WorkTreeStatus>,
  signal?: AbortSignal,
): Promise<OpenedTree> {
  const [index, { raw, dirty, untracked }] = await Promise.all([listIndex(repository, signal), status]);
  const entries = readIndex(index);
  const hasSubmodules = /(^|\0)[A-Za-z?] 160000 /.test(index);
  for (const { path, state } of dirty) {
    if (state === 'deleted') entries.delete(path);
    else if (entries.has(path)) entries.set(path, { digest: undefined, symlink: state === 'symlink' });
  }
  for (const path of untracked) {
    if (!path.endsWith('/')) entries.set(path, { digest: undefined, symlink: false });
  }
  const watched = [...dirty.map((file) => file.path), ...untracked];
  return new WorkTree(repository.root, entries, (digest) => stateOf(index, raw, watched, digest), hasSubmodules);
}

/** The state of the working tree now; cheaper than opening it again. */
export async function workTreeState(repository: Repository): Promise<string> {
  const [index, { raw, dirty, untracked }] = await Promise.all([listIndex(repository), readStatus(repository)]);
  const paths = [...dirty.map((file) => file.path), ...untracked];
  return stateOf(index, raw, paths, (path) => hashFile(repository.root, path));
}

/** What the index holds, never when it was written: git writes it anew for no more than times that it has looked up. */
function listIndex(repository: Repository, signal?: AbortSignal): Promise<string> {
  return new Git(repository.root, signal).raw('ls-files', '-s', '-v', '-z');
}

function stateOf(
  index: string,
  status: string,
  paths: readonly string[],
  digest: (path: string) => string | undefined,
): string {
  const contents = paths.filter((path) => !path.endsWith('/')).map((path) => digest(path) ?? '');
  return [createHash('sha1').update(index).digest('hex'), status, ...contents].join('\n');
}

/** Lines of `ls-files -s -v`: `H 100644 BLOB 0\tpath`; a small letter for files git was told to assume unchanged. */
function readIndex(output: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\0', at);
    const tab = output.indexOf('\t', at);
    if (end < 0 || tab < 0) break;
    const mode = output.slice(at + 2, at + 8);
    if (mode !== '160000') entries.set(output.slice(tab + 1, end), readEntry(output, at, tab, mode));
    at = end + 1;
  }
  return entries;
}

const SMALL_A = 97;

function readEntry(output: string, at: number, tab: number, mode: string): Entry {
  const symlink = mode === '120000';
  const merged = output.charAt(tab - 1) === '0';
  const staged = merged ? withMode(output.slice(at + 9, tab - 2), mode === '100755') : undefined;
  // A small letter: git was told to look away.
  if (output.charCodeAt(at) < SMALL_A) return { digest: symlink ? undefined : staged, symlink };
  return { digest: undefined, symlink, ...(staged === undefined ? {} : { assumed: staged }) };
}

/** Whether a file may be executed is part of what it is. */
function withMode(blob: string, executable: boolean): string {
  return executable ? `${blob}+x` : blob;
}

class WorkTree implements OpenedTree {
  readonly paths: readonly string[];
  readonly #root: string;
  readonly #entries: Map<string, Entry>;
  readonly #digests = new Map<string, string | undefined>();
  readonly #state: (digest: (path: string) => string | undefined) => string;
  readonly hasSubmodules: boolean;

  constructor(
    root: string,
    entries: Map<string, Entry>,
    state: (digest: (path: string) => string | undefined) => string,
    hasSubmodules: boolean,
  ) {
    this.#root = root;
    this.hasSubmodules = hasSubmodules;
    this.#state = state;
    this.#entries = entries;
    this.paths = [...entries.keys()].sort();
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  concealed(): readonly ChangedFile[] {
    return [...this.#entries].flatMap(([path, { assumed, symlink }]): ChangedFile[] => {
      if (assumed === undefined || this.digest(path) === assumed) return [];
      const baseDigest = assumed.replace('+x', '');
      return [{ path, status: 'modified', entry: symlink ? 'symlink' : 'file', untracked: false, baseDigest }];
    });
  }

  state(): string {
    return this.#state((path) => this.digest(path));
  }

  digest(path: string): string | undefined {
    const entry = this.#entries.get(path);
    if (entry === undefined || entry.digest !== undefined) return entry?.digest;
    if (!this.#digests.has(path)) this.#digests.set(path, hashFile(this.#root, path));
    return this.#digests.get(path);
  }

  read(path: string, maxBytes = MAX_BYTES): string | undefined {
    const entry = this.#entries.get(path);
    // A link may lead out of the repository: its target is not this path's content.
    if (entry === undefined || entry.symlink) return undefined;
    return readText(join(this.#root, path), maxBytes);
  }
}

/** Git's blob id of a file's content, or of a link's target; undefined where it cannot be read, or is not in the repository. */
function hashFile(root: string, path: string): string | undefined {
  try {
    const file = join(root, path);
    const stat = lstatSync(file);
    if (stat.isSymbolicLink()) return linkDigest(root, file);
    const content = readFileSync(file);
    return withMode(blobId(content), process.platform !== 'win32' && (stat.mode & 0o100) !== 0);
  } catch {
    // Vanished or unreadable: no digest, and whoever asks treats it as unknown.
    return undefined;
  }
}

/** A link stands for what it leads to; what lies outside may change without anybody here seeing it. */
function linkDigest(root: string, file: string): string | undefined {
  const target = realpathSync(file);
  return target.startsWith(realpathSync(root) + sep) ? blobId(Buffer.from(readlinkSync(file))) : undefined;
}

function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function readText(path: string, maxBytes: number): string | undefined {
  try {
    const stat = lstatSync(path);
    if (!stat.isFile() || stat.size > maxBytes) return undefined;
    return decode(readFileSync(path));
  } catch {
    // Vanished between the listing and now, or not ours to read.
    return undefined;
  }
}

function decode(content: Buffer): string | undefined {
  if (content.subarray(0, 8000).includes(0)) return undefined;
  return content.toString('utf8');
}

/** The tree as it was in the base: today's files, with what changed taken back. Blobs are read once, up front. */
export async function openBaseTree(repository: Repository, change: Change, head: Tree): Promise<Tree> {
  const before = change.files.filter((file) => file.baseDigest !== undefined && file.entry !== 'submodule');
  const blobs = await new Git(repository.root).blobs(before.map((file) => file.baseDigest ?? ''));
  const digests = new Map(before.map((file) => [file.from ?? file.path, file.baseDigest]));
  const gone = new Set(change.files.map((file) => file.path));
  return new BaseTree(head, gone, digests, blobs);
}

class BaseTree implements Tree {
  readonly paths: readonly string[];
  readonly #head: Tree;
  readonly #gone: ReadonlySet<string>;
  readonly #digests: ReadonlyMap<string, string | undefined>;
  readonly #blobs: ReadonlyMap<string, Buffer>;

  constructor(
    head: Tree,
    gone: ReadonlySet<string>,
    digests: ReadonlyMap<string, string | undefined>,
    blobs: ReadonlyMap<string, Buffer>,
  ) {
    this.#head = head;
    this.#gone = gone;
    this.#digests = digests;
    this.#blobs = blobs;
    this.paths = [...head.paths.filter((path) => !gone.has(path)), ...digests.keys()].sort();
  }

  has(path: string): boolean {
    return this.#digests.has(path) || (!this.#gone.has(path) && this.#head.has(path));
  }

  digest(path: string): string | undefined {
    if (this.#digests.has(path)) return this.#digests.get(path);
    return this.#gone.has(path) ? undefined : this.#head.digest(path);
  }

  read(path: string, maxBytes = MAX_BYTES): string | undefined {
    const id = this.#digests.get(path);
    if (id === undefined) return this.#gone.has(path) ? undefined : this.#head.read(path, maxBytes);
    const blob = this.#blobs.get(id);
    return blob === undefined || blob.length > maxBytes ? undefined : decode(blob);
  }
}
