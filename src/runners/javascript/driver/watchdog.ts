import { Worker } from 'node:worker_threads';

/** Runs in a thread: looks at the clock while the tests may never give it back. */
const WATCH = `
const { workerData } = require('node:worker_threads');
const until = new BigInt64Array(workerData);
const nothing = new Int32Array(new SharedArrayBuffer(4));
for (;;) {
  Atomics.wait(nothing, 0, 0, 200);
  const end = Atomics.load(until, 0);
  if (end > 0n && BigInt(Date.now()) > end) process.kill(process.pid, 'SIGKILL');
}
`;

const now = Date.now.bind(Date);

/** Ends this process where code does not come to an end that nothing counts. */
export class Watchdog {
  private readonly until = new BigInt64Array(new SharedArrayBuffer(8));

  constructor() {
    const options = { eval: true, workerData: this.until.buffer, execArgv: [], env: {}, stdout: true, stderr: true };
    new Worker(WATCH, options).unref();
  }

  /** From now on; the last word counts. */
  allow(ms: number): void {
    Atomics.store(this.until, 0, BigInt(Math.ceil(now() + ms)));
  }

  rest(): void {
    Atomics.store(this.until, 0, 0n);
  }
}
