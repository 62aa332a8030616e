import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

// What the person who runs the tests has set up must not matter, nor a git hook that runs them.
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
process.env['GIT_CONFIG_GLOBAL'] = devNull;
process.env['GIT_CONFIG_NOSYSTEM'] = '1';

const PERSON = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
};

/** A real git repository in a temporary folder, removed when the test ends. */
export interface Repository {
  /** Absolute, without links in it. */
  readonly dir: string;
  path(name: string): string;
  write(files: Readonly<Record<string, string | Buffer>>): void;
  remove(...names: string[]): void;
  executable(name: string, text: string): void;
  link(name: string, target: string): void;
  /** Standard output; throws where git fails. */
  git(...args: string[]): string;
  /** Whether git ended with 0. */
  tryGit(...args: string[]): boolean;
  /** Adds everything; the commit's id. */
  commit(files?: Readonly<Record<string, string | Buffer>>): string;
}

/** An empty temporary folder, removed when the test ends. */
export function temporaryFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'downforce-test-')));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  return dir;
}

/** A repository on branch `main`, with one commit where files are given. */
export function createRepository(files?: Readonly<Record<string, string | Buffer>>): Repository {
  const repository = repositoryIn(temporaryFolder());
  repository.git('init', '--quiet', '--initial-branch=main');
  if (files !== undefined) repository.commit(files);
  return repository;
}

/** As `createRepository`, and then on the branch `work`, so that `main` is the base. */
export function createWork(files: Readonly<Record<string, string | Buffer>>): Repository {
  const repository = createRepository(files);
  repository.git('switch', '--quiet', '--create', 'work');
  return repository;
}

/** Works in a folder that is, or is to become, a repository. */
export function repositoryIn(dir: string): Repository {
  const path = (name: string): string => join(dir, name);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: dir,
      env: { ...process.env, ...PERSON },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const write = (files: Readonly<Record<string, string | Buffer>>): void => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
    }
  };
  return {
    dir,
    path,
    write,
    git,
    remove: (...names) => {
      for (const name of names) rmSync(path(name), { recursive: true });
    },
    executable: (name, text) => {
      write({ [name]: text });
      chmodSync(path(name), 0o755);
    },
    link: (name, target) => {
      mkdirSync(dirname(path(name)), { recursive: true });
      symlinkSync(target, path(name));
    },
    tryGit: (...args) => {
      try {
        git(...args);
        return true;
      } catch {
        // The test asks whether, not why.
        return false;
      }
    },
    commit: (files) => {
      write(files ?? {});
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'change');
      return git('rev-parse', 'HEAD').trim();
    },
  };
}
