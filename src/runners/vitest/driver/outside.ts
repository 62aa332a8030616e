import childProcess from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

/** Programs that surely run none of the user's code. */
const HARMLESS =
  /^(git|which|where|uname|ps|ls|cat|echo|kill|lsof|tar|gzip|openssl|getconf|ldd|sw_vers|open|xdg-open|docker|true|false|sleep)(\.exe)?$/;

type Notice = (what: string) => void;

/**
 * Tells when a test lets something else read or run the user's sources: a child process, a worker thread, a bundler. Those
 * see the files on the disk, where there is no mutant, so that nothing can be said of a mutant that seems to survive.
 * To be called once in a process, before the user's code is loaded.
 */
export function watchOutside(sources: ReadonlySet<string>, notice: Notice): void {
  subscribe('worker_threads', () => notice('start worker threads'));
  for (const name of ['spawn', 'spawnSync', 'execFile', 'execFileSync'] as const)
    wrap(childProcess, name, ([program]) => programNotice(program, notice));
  for (const name of ['exec', 'execSync'] as const)
    wrap(childProcess, name, ([line]) => programNotice(String(line).trim().split(/\s/)[0], notice));
  wrap(childProcess, 'fork', () => notice('start other processes'));
  const read = ([path]: readonly unknown[]): void => {
    if (!sources.has(path instanceof URL ? path.pathname : String(path)) || isLoader()) return;
    notice('read the source from the disk');
  };
  for (const name of ['readFileSync', 'readFile', 'createReadStream'] as const) wrap(fs, name, read);
  wrap(fs.promises, 'readFile', read);
  syncBuiltinESMExports();
}

/** Whether Node's own loader asks: what it reads is exchanged for what is served. */
function isLoader(): boolean {
  return /^\s+at .*node:internal\/modules\//m.test(new Error().stack?.split('\n').slice(3, 6).join('\n') ?? '');
}

function programNotice(program: unknown, notice: Notice): void {
  if (!HARMLESS.test(basename(String(program)))) notice('start other processes');
}

/** Looks at the arguments of each call and passes it on. */
function wrap<Owner extends object>(owner: Owner, name: keyof Owner, look: (args: readonly unknown[]) => void): void {
  const original = owner[name];
  if (typeof original !== 'function') return;
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    look(args);
    return Reflect.apply(original, this, args);
  };
  // `util.promisify` finds its own form of a function on it.
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
  Object.assign(owner, { [name]: wrapped });
}
