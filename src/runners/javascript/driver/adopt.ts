import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/** What every way of starting a process without waiting for it comes down to. */
interface Starter {
  spawn(this: unknown, options: { envPairs?: string[] }): unknown;
}

/** Gives children these variables even where a test starts them with an environment of its own. */
export function adoptChildren(variables: () => Readonly<Record<string, string>>): void {
  const starter = childProcess.ChildProcess.prototype as unknown as Starter;
  const { spawn } = starter;
  starter.spawn = function (options) {
    const { envPairs } = options;
    if (envPairs === undefined) return spawn.call(this, options);
    return spawn.call(this, { ...options, envPairs: [...envPairs, ...missing(envPairs, variables())] });
  };
  for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const) {
    const original = childProcess[name] as (...args: readonly unknown[]) => unknown;
    const adopting = (...args: readonly unknown[]): unknown =>
      original(...args.map((arg) => withVariables(arg, variables())));
    Object.assign(childProcess, { [name]: Object.assign(adopting, original) });
  }
  syncBuiltinESMExports();
}

function missing(pairs: readonly string[], variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables)
    .filter(([name]) => !pairs.some((pair) => pair.startsWith(`${name}=`)))
    .map(([name, value]) => `${name}=${value}`);
}

function withVariables(arg: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof arg !== 'object' || arg === null || !('env' in arg) || !arg.env) return arg;
  return { ...arg, env: { ...variables, ...arg.env } };
}
