import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { type CheckReport, type Envelope, type EnvelopeResult, envelopeSchema } from '../../src/protocol/envelope.ts';

const BUNDLE = join(import.meta.dirname, '../../dist/cli.cjs');

export interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Verdict extends Output {
  readonly envelope: Envelope;
  readonly result: EnvelopeResult;
  /** Each check's status by id, the built-in guards left out. */
  readonly statuses: Readonly<Record<string, string>>;
  check(id: string): CheckReport;
}

/** The command line in this process, as from a pipe; with `tty` as from a terminal. */
export async function runCli(cwd: string, argv: readonly string[], options: { tty?: boolean } = {}): Promise<Output> {
  const written = { stdout: '', stderr: '' };
  const capture = (name: 'stdout' | 'stderr', isTTY: boolean) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const tty = options.tty === true;
  const streams = { stdout: capture('stdout', tty), stderr: capture('stderr', false), env: {}, cwd };
  const status = await run(argv, streams, new AbortController().signal);
  return { status, ...written };
}

/** `downforce loop` in this process; its answer must be a whole envelope. */
export async function loop(cwd: string, ...argv: string[]): Promise<Verdict> {
  return readVerdict(await runCli(cwd, ['loop', '--json', ...argv]));
}

/** What the whole report, without bounds, says of a check. */
export function reported(dir: string, id: string): CheckReport | undefined {
  const text = readFileSync(join(dir, '.downforce/reports/loop.json'), 'utf8');
  return envelopeSchema.parse(JSON.parse(text)).result?.checks.find((check) => check.id === id);
}

export function readVerdict(output: Output): Verdict {
  const envelope = envelopeSchema.parse(JSON.parse(output.stdout));
  const { result } = envelope;
  if (result === undefined) throw new Error(`no result: ${output.stdout}`);
  const checks = result.checks.filter(({ id }) => id.includes(':'));
  const check = (id: string): CheckReport => {
    const found = result.checks.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no check ${id} in ${JSON.stringify(result, null, 1)}`);
    return found;
  };
  const statuses = Object.fromEntries(checks.map(({ id, status }) => [id, status]));
  return { ...output, envelope, result, statuses, check };
}

/** The error that a command gives instead of an answer; never one of Downforce's own making. */
export async function failure(cwd: string, ...argv: string[]): Promise<{ code: string; text: string; status: number }> {
  const { status, stdout } = await runCli(cwd, [...argv, '--json']);
  const { error, ok } = envelopeSchema.parse(JSON.parse(stdout));
  expect(ok).toBe(false);
  return { code: error?.code ?? '', text: `${error?.message}\n${error?.hint}`, status: status ?? -1 };
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Output>;
}

/** The built command line as a process of its own; it and its output are gone when the test ends. */
export function startCli(cwd: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  if (!existsSync(BUNDLE)) throw new Error('dist/cli.cjs is missing: run `node esbuild.mjs` first');
  const child = spawn(process.execPath, [BUNDLE, ...argv], { cwd, env: { ...process.env, ...env } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Output>((resolve) => {
    child.once('close', (status) => resolve({ status, ...output }));
  });
  return { child, ended };
}

/** Command lines of living processes, other than Downforce's own, that hold the marker. */
export function processesWith(marker: string): readonly string[] {
  return listed(marker).map(({ words }) => words);
}

/** A word for the command lines of what a test starts; what a failed test would leave on the machine is ended by it. */
export function processMarker(): string {
  const marker = randomUUID();
  onTestFinished(() => {
    for (const { pid } of listed(marker)) process.kill(pid, 'SIGKILL');
  });
  return marker;
}

function listed(marker: string): readonly { readonly pid: number; readonly words: string }[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(marker) && !line.includes(BUNDLE) && !line.includes('<defunct>'))
    .map((line) => ({ pid: Number.parseInt(line, 10), words: line }));
}

/** Waits until something holds; throws where it never does. */
export async function until(holds: () => boolean, what: string, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
