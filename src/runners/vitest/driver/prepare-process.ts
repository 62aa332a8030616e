import childProcess from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import { schemataOf } from './schemata-of.ts';
import { keepConfigOut, serveFiles } from './serve-files.ts';

/** To be done once, before any of Vite or Vitest is loaded. */
export function prepareProcess({ scratch, sources }: DriverRequest): void {
  ignoreStrayErrors();
  letGoOfTheDead();
  const temporary = join(scratch, 'config');
  mkdirSync(temporary);
  keepConfigOut(temporary);
  serveFiles(schemataOf(sources));
}

/** Vitest 3 would end this process for what is wrong with a worker. */
function ignoreStrayErrors(): void {
  const events: readonly unknown[] = ['unhandledRejection', 'uncaughtException'];
  process.on('unhandledRejection', () => {}).on('uncaughtException', () => {});
  const { on } = process;
  process.on = function (this: NodeJS.Process, ...args: Parameters<typeof on>) {
    return events.includes(args[0]) ? this : Reflect.apply(on, this, args);
  } as typeof on;
}

/** Vitest 3 says goodbye to workers that went down, over and over, as each goodbye fails. */
function letGoOfTheDead(): void {
  const { fork } = childProcess;
  childProcess.fork = ((...args: Parameters<typeof fork>) => {
    const child = fork(...args);
    child.once('exit', () => {
      child.send = () => true;
    });
    return child;
  }) as typeof fork;
  syncBuiltinESMExports();
}
