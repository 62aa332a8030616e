import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withoutDrivers } from './git-drivers.ts';
import { type GitAnswer, type GitOptions, gitFailed, plumb, plumbText } from './plumbing.ts';
import type { WorktreeStatus } from './worktree-status.ts';

/** One path that differs between two commits. */
export interface SnapshotChange {
  readonly path: string;
  /** The path it had, for a rename. */
  readonly from: string | undefined;
  /** Blob ids; undefined on the side where it is not. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export type MergeTrial =
  | { readonly kind: 'clean' }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  /** This git cannot try a merge without a working tree (before 2.38). */
  | { readonly kind: 'unsupported' };

/** What is larger is not read for a comparison. */
const MAX_FILE = 5 * 1024 * 1024;
const PERSON = {
  GIT_AUTHOR_NAME: 'Downforce',
  GIT_AUTHOR_EMAIL: 'downforce@localhost',
  GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Downforce',
  GIT_COMMITTER_EMAIL: 'downforce@localhost',
  GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z',
};

/**
 * Working trees as they stand, as commits that exist nowhere but in a temporary folder: neither the user's index nor the objects
 * of the repository are written to. To be disposed of.
 */
export class Snapshots {
  readonly #dir: string;
  readonly #scratch: string;
  readonly #env: Readonly<Record<string, string>>;
  /** Switches off the programs that attributes may name: what is compared is text. */
  readonly #drivers: readonly string[];
  readonly #signal: AbortSignal | undefined;
  #count = 0;

  static async open(dir: string, signal?: AbortSignal): Promise<Snapshots> {
    const objects = await plumbText(dir, ['rev-parse', '--git-path', 'objects'], {}, signal);
    return new Snapshots(dir, resolve(dir, objects.trimEnd()), await withoutDrivers(dir, signal), signal);
  }

  private constructor(dir: string, objects: string, drivers: readonly string[], signal: AbortSignal | undefined) {
    this.#dir = dir;
    this.#drivers = drivers;
    this.#signal = signal;
    this.#scratch = mkdtempSync(join(tmpdir(), 'downforce-streams-'));
    const own = join(this.#scratch, 'objects');
    mkdirSync(join(own, 'info'), { recursive: true });
    writeFileSync(join(own, 'info', 'alternates'), `${objects}\n`);
    this.#env = { GIT_OBJECT_DIRECTORY: own };
  }

  /** A commit of the working tree as it stands: its head itself where nothing is uncommitted. */
  async take(dir: string, { head, dirty }: WorktreeStatus): Promise<string | undefined> {
    if (dirty.length === 0 || head === undefined) return head;
    const index = join(this.#scratch, `index-${this.#count++}`);
    const own = resolve(dir, (await plumbText(dir, ['rev-parse', '--git-path', 'index'])).trimEnd());
    if (existsSync(own)) copyIndex(own, index);
    const env = { ...PERSON, GIT_INDEX_FILE: index };
    const large = dirty.filter((path) => (lstatSync(join(dir, path), { throwIfNoEntry: false })?.size ?? 0) > MAX_FILE);
    const paths = ['.', ...large.map((path) => `:(exclude,top,literal)${path.replace(/\/$/, '')}`)];
    const input = `${paths.join('\0')}\0`;
    const add = ['add', '--all', '--ignore-errors', '--pathspec-from-file=-', '--pathspec-file-nul'];
    // What cannot be read is left as the index has it; the rest is compared all the same.
    await this.#run(dir, ['-c', 'advice.addEmbeddedRepo=false', '-c', 'core.safecrlf=false', ...add], { env, input });
    const tree = await this.#text(dir, ['write-tree'], { env });
    return this.#text(dir, ['commit-tree', tree, '-p', head, '-m', 'working tree'], { env });
  }

  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const answer = await this.#run(this.#dir, ['merge-base', a, b]);
    return answer.code === 0 ? answer.stdout.toString('utf8').split('\n')[0] : undefined;
  }

  async changes(base: string, commit: string): Promise<readonly SnapshotChange[]> {
    const options = ['-r', '-z', '-M', '--no-commit-id', '--no-ext-diff', '--ignore-submodules=all'];
    const answer = await this.#run(this.#dir, ['diff-tree', ...options, base, commit]);
    if (answer.code !== 0) throw gitFailed('diff-tree', answer);
    return parseChanges(answer.stdout.toString('utf8'));
  }

  /** Whether two commits could be merged without a person. */
  async tryMerge(a: string, b: string): Promise<MergeTrial> {
    const options = ['--write-tree', '-z', '--name-only', '--no-messages'];
    const answer = await this.#run(this.#dir, ['merge-tree', ...options, a, b]);
    if (answer.code === 0) return { kind: 'clean' };
    if (answer.code !== 1) {
      if (/usage: git merge-tree|unknown option|unknown rev --write-tree/i.test(answer.stderr))
        return { kind: 'unsupported' };
      throw gitFailed('merge-tree', answer);
    }
    const [, ...files] = answer.stdout.toString('utf8').split('\0');
    return { kind: 'conflict', files: [...new Set(files.filter((path) => path !== ''))] };
  }

  /** UTF-8 texts by blob id; those that are binary or large are left out. */
  async texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const answer = await this.#run(this.#dir, ['cat-file', '--batch'], { input: `${[...new Set(ids)].join('\n')}\n` });
    return parseBatch(answer.stdout);
  }

  dispose(): void {
    rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 3 });
  }

  #run(dir: string, args: readonly string[], { env, input }: GitOptions = {}): Promise<GitAnswer> {
    const options = { env: { ...this.#env, ...env }, ...(input === undefined ? {} : { input }) };
    return plumb(dir, [...this.#drivers, ...args], options, this.#signal);
  }

  async #text(dir: string, args: readonly string[], options: GitOptions): Promise<string> {
    const answer = await this.#run(dir, args, options);
    if (answer.code !== 0) throw gitFailed(args[0] ?? '', answer);
    return answer.stdout.toString('utf8').trim();
  }
}

/**
 * git looks at the contents of files that are no older than the index, since its times cannot tell of those. Copied, the index has
 * to stay as old as it was.
 */
function copyIndex(from: string, to: string): void {
  const { mtimeMs } = statSync(from);
  copyFileSync(from, to);
  const earlier = Math.floor(mtimeMs - 1) / 1000;
  utimesSync(to, earlier, earlier);
}

/** `:oldmode newmode oldid newid status\0path\0[path\0]`, see git-diff-tree(1) "RAW OUTPUT FORMAT". */
function parseChanges(raw: string): readonly SnapshotChange[] {
  const fields = raw.split('\0');
  const found: SnapshotChange[] = [];
  for (let at = 0; at < fields.length - 1; ) {
    const [, , before = '', after = '', letter = ''] = (fields[at++] ?? '').split(' ');
    const first = fields[at++] ?? '';
    const second = /^[RC]/.test(letter) ? fields[at++] : undefined;
    found.push({
      path: second ?? first,
      from: letter.startsWith('R') ? first : undefined,
      before: letter.startsWith('C') ? undefined : idOf(before),
      after: idOf(after),
    });
  }
  return found;
}

function idOf(id: string): string | undefined {
  return /^0+$/.test(id) ? undefined : id;
}

function parseBatch(output: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const [id = '', type = '', size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    // `ID missing`.
    if (size === undefined) continue;
    const content = output.subarray(at, at + Number(size));
    if (type === 'blob' && content.length <= MAX_FILE && !content.subarray(0, 8000).includes(0))
      texts.set(id, content.toString('utf8'));
    at += Number(size) + 1;
  }
  return texts;
}
