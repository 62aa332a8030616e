import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { DriverSource } from '../../../engine/mutation/driver-protocol.ts';

/** Whoever reads one of these files from here on reads its schemata; to be called before Jest is loaded, which keeps its own copies. */
export function serveTexts(sources: readonly DriverSource[]): void {
  const texts = new Map(sources.map(({ path, schemata, text }) => [path, schemata ?? text]));
  const usual = fs.readFileSync;
  const served = (path: unknown, options?: unknown): unknown => {
    const text = typeof path === 'string' ? texts.get(path) : undefined;
    if (text === undefined) return Reflect.apply(usual, fs, [path, options]);
    const encoding =
      typeof options === 'string' ? options : (options as { encoding?: string } | null | undefined)?.encoding;
    return encoding === undefined || encoding === null ? Buffer.from(text) : text;
  };
  Reflect.set(fs, 'readFileSync', served);
  syncBuiltinESMExports();
}
