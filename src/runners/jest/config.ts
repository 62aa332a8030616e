import { posix } from 'node:path';
import type { Tree } from '../../engine/ports.ts';
import { readConfig } from '../../engine/tools/config-text.ts';
import { folderOf, isForeign, isWithin, joinPath, nameOf } from '../../engine/tools/folders.ts';
import { findLiteralLists } from '../../engine/tools/literal-lists.ts';
import type { NodePackage } from '../../engine/tools/node-packages.ts';
import { createGlobMatcher, createOperandMatcher } from '../../engine/tools/operands.ts';
import { pathsNamed } from '../../engine/tools/paths-named.ts';
import { asRecord, asStrings, type JsonRecord } from '../../engine/tools/records.ts';
import { JEST_DEFAULT, matchAny } from '../javascript-tests.ts';

const CONFIG_NAME = /^jest\.config\.(?:[cm]?[jt]s|json)$/;

/** What Jest's configuration says, as far as it is written out. */
export interface JestConfig {
  readonly files: readonly string[];
  spans(dir: string): boolean;
  isTest(path: string): boolean;
}

interface Settings {
  readonly dir: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** `named` are the files and folders of `--config` and `--projects`. */
export function readJestConfig(tree: Tree, pkg: NodePackage, named: readonly string[]): JestConfig {
  const { dir } = pkg;
  const here = pathsNamed(tree, CONFIG_NAME).filter((path) => folderOf(path) === dir);
  const own = named.length === 0 ? here.slice(0, 1) : named.map((name) => joinPath(dir, name)).filter(isConfig(tree));
  const usesManifest =
    named.length === 0 ? own.length === 0 : named.some((name) => /(?:^|\/)package\.json$|^\.$/.test(name));
  const section = usesManifest ? asRecord(pkg.manifest['jest']) : {};
  const manifest = own.length === 0 || Object.keys(section).length > 0 ? [{ dir, values: valuesOf(section) }] : [];
  const settings = [...own.map((path) => readSettings(tree, path)), ...manifest];
  const projects = settings.flatMap(({ values }) => values['projects'] ?? []).map(withoutRoot);
  const isProject = createGlobMatcher(
    projects.map((glob) => glob.replace(/\/$/, '')),
    dir,
  );
  const below = pathsNamed(tree, CONFIG_NAME).filter(
    (path) => isBelow(path, dir) && (isProject(path) || isProject(folderOf(path))),
  );
  const matchers = [...settings, ...below.map((path) => readSettings(tree, path))].map((one) => testMatcher(one, dir));
  const inManifest = Object.keys(section).length > 0 ? [joinPath(dir, 'package.json')] : [];
  return {
    files: [...own, ...inManifest, ...below],
    spans: (other) => isProject(other) || below.some((path) => folderOf(path) === other),
    isTest: (path) => isWithin(dir, path) && matchers.some((matches) => matches(path)),
  };
}

function isConfig(tree: Tree): (path: string) => boolean {
  return (path) => tree.has(path) && nameOf(path) !== 'package.json';
}

function isBelow(path: string, dir: string): boolean {
  return isWithin(dir, path) && folderOf(path) !== dir && !isForeign(path);
}

function readSettings(tree: Tree, path: string): Settings {
  const dir = folderOf(path);
  if (path.endsWith('.json')) return { dir, values: valuesOf(readConfig(tree, path)) };
  const values = new Map<string, readonly string[]>();
  for (const { keys, values: list } of findLiteralLists(tree.read(path) ?? '')) {
    const key = keys.at(-1) ?? '';
    values.set(key, [...(values.get(key) ?? []), ...list]);
  }
  return { dir, values: Object.fromEntries(values) };
}

function valuesOf(config: JsonRecord): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, asStrings(value)]));
}

function testMatcher({ dir: own, values }: Settings, dir: string): (path: string) => boolean {
  const list = (key: string) => values[key] ?? [];
  const rootDir = joinPath(own, withoutRoot(list('rootDir')[0] ?? '.'));
  const isInRoots = createOperandMatcher(list('roots').map(withoutRoot), rootDir);
  const globs = list('testMatch').map(withoutRoot);
  const expressions = list('testRegex').flatMap(compile);
  const ignored = list('testPathIgnorePatterns').flatMap(compile);
  const usual = globs.length === 0 && expressions.length === 0;
  const isGlob = matchAny(usual ? JEST_DEFAULT : globs.filter((glob) => !glob.startsWith('!')), [dir, own, rootDir]);
  return (path) => {
    const absolute = `/${path}`;
    const isTest = expressions.some((expression) => expression.test(absolute)) || isGlob(path);
    const isIgnored = /(?:^|\/)node_modules\//.test(path) || ignored.some((expression) => expression.test(absolute));
    return isTest && !isIgnored && isInRoots(path);
  };
}

function withoutRoot(text: string): string {
  return posix.normalize(text.replace(/^<rootDir>\/?/, './'));
}

function compile(source: string): readonly RegExp[] {
  try {
    return [new RegExp(source.replace(/^<rootDir>/, ''))];
  } catch {
    // Jest itself rejects it; until then no file is a test by it.
    return [];
  }
}
