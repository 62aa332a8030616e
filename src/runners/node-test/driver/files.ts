import { relative } from 'node:path';
import type { DriverRequest } from '../../../engine/mutation/driver-protocol.ts';
import type { Settings } from './fresh.ts';

export function filesOf({ testFiles, settings }: DriverRequest): readonly string[] {
  return testFiles.length > 0 ? testFiles : (settings as unknown as Settings).files;
}

/** A test file as the ids of its tests have it. */
export function nameOf({ root }: DriverRequest, file: string): string {
  return relative(root, file).replaceAll('\\', '/');
}
