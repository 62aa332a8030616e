import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** What is still to be ended when this process is killed and can end nothing itself. */
export interface LastWill {
  /** @param mark a word in the environment of the child and of all that it starts. */
  add(pid: number, mark: string): void;
  strike(pid: number): void;
}

/**
 * Reads who lives until we are gone, which it knows by the end of its input; then ends their groups, and those who left their
 * group but bear the mark. More may be started while it looks, so it looks again.
 */
const EXECUTOR = `
living=' '
while read -r what pid mark; do
  case $what in
    add) living="$living$pid:$mark " ;;
    strike)
      rest=' '
      for one in $living; do case $one in "$pid":*) ;; *) rest="$rest$one " ;; esac; done
      living=$rest ;;
  esac
done
for one in $living; do
  kill -9 "-\${one%%:*}"
  for look in 1 2 3; do
    found=$(grep -lsF -- "\${one#*:}" /proc/[0-9]*/environ)
    [ -n "$found" ] || break
    for file in $found; do pid=\${file#/proc/}; kill -9 "\${pid%/environ}"; done
  done
done
`;

/** Carried out by a shell of its own, started with the first to be named; on Windows by nobody, and without /proc for the groups alone. */
export function createLastWill(): LastWill {
  let executor: { write(line: string): void } | undefined;
  if (process.platform === 'win32') return { add: () => {}, strike: () => {} };
  return {
    add: (pid, mark) => {
      executor ??= startExecutor();
      executor.write(`add ${pid} ${mark}\n`);
    },
    strike: (pid) => executor?.write(`strike ${pid}\n`),
  };
}

function startExecutor(): { write(line: string): void } {
  // In a session of its own: what is sent to our group does not reach it.
  const child = spawn('/bin/sh', ['-c', EXECUTOR], { cwd: '/', stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const ignore = (): void => {
    // Without it a kill leaves children behind, and nothing else is worse.
  };
  child.on('error', ignore);
  child.stdin.on('error', ignore);
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return { write: (line) => void child.stdin.write(line) };
}
