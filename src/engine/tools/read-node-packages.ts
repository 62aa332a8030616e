import type { Tree } from '../ports.ts';
import { folderOf, isForeign } from './folders.ts';
import type { NodePackage } from './node-packages.ts';
import { asRecord, type JsonRecord } from './records.ts';
import { readScriptCalls } from './script-calls.ts';

/** Every package.json that is not a fixture. A broken one yields a package that says nothing. */
export function readNodePackages(tree: Tree): readonly NodePackage[] {
  return tree.paths
    .filter((path) => /(?:^|\/)package\.json$/.test(path) && !isForeign(path))
    .map((path) => readNodePackage(folderOf(path), tree.read(path) ?? ''));
}

function readNodePackage(dir: string, text: string): NodePackage {
  const manifest = parseRecord(text);
  const scripts = stringsOf(manifest['scripts']);
  const name = manifest['name'];
  return {
    dir,
    name: typeof name === 'string' ? name : undefined,
    scripts,
    calls: readScriptCalls(scripts),
    dependencies: {
      ...stringsOf(manifest['peerDependencies']),
      ...stringsOf(manifest['optionalDependencies']),
      ...stringsOf(manifest['dependencies']),
      ...stringsOf(manifest['devDependencies']),
    },
    manifest,
  };
}

function parseRecord(text: string): JsonRecord {
  try {
    return asRecord(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    // The package manager says what is wrong with it; for detection it names no tool.
    return {};
  }
}

function stringsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asRecord(value));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
