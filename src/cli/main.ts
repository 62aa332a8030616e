import { isatty } from 'node:tty';
import { run } from './run.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second one means now: the exit handlers still end what was started.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
  });
}
// A reader that went away (`| head`) is no error of ours, and changes no verdict.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// Asked of the terminal itself: opening standard input would keep the process waiting for it.
const stdin = { isTTY: isatty(0) };
const streams = { stdin, stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() };
process.exitCode = await run(process.argv.slice(2), streams, interrupted.signal);
