import type { Tree } from '../../engine/ports.ts';
import { readConfig } from '../../engine/tools/config-text.ts';
import { joinPath } from '../../engine/tools/folders.ts';
import { findLiteralLists } from '../../engine/tools/literal-lists.ts';
import type { NodePackage } from '../../engine/tools/node-packages.ts';
import { createGlobMatcher, isGlob } from '../../engine/tools/operands.ts';
import { asRecord, asStrings } from '../../engine/tools/records.ts';

const NAMES = [
  '.mocharc.js',
  '.mocharc.cjs',
  '.mocharc.mjs',
  '.mocharc.yaml',
  '.mocharc.yml',
  '.mocharc.jsonc',
  '.mocharc.json',
];

export interface MochaConfig {
  /** The file Mocha loads, package.json included. */
  readonly file: string | undefined;
  readonly spec: readonly string[];
  readonly extensions: readonly string[];
  readonly recursive: boolean;
}

/** `named` is the file of `--config`. */
export function readMochaConfig(tree: Tree, pkg: NodePackage, named: string | undefined): MochaConfig {
  const candidates = (named === undefined ? NAMES : [named]).map((name) => joinPath(pkg.dir, name));
  const own = candidates.find((path) => tree.has(path));
  const section = pkg.manifest['mocha'];
  const inManifest = section === undefined ? undefined : joinPath(pkg.dir, 'package.json');
  if (own !== undefined && /\.[cm]?js$/.test(own)) return { file: own, recursive: false, ...fromCode(tree, own) };
  const values = own === undefined ? asRecord(section) : readConfig(tree, own);
  return {
    file: own ?? inManifest,
    spec: asStrings(values['spec']),
    extensions: asStrings(values['extension']).flatMap((list) => list.split(',')),
    recursive: values['recursive'] === true,
  };
}

function fromCode(tree: Tree, path: string): Pick<MochaConfig, 'spec' | 'extensions'> {
  const lists = findLiteralLists(tree.read(path) ?? '');
  const named = (name: string) => lists.filter(({ keys }) => keys.join('.') === name).flatMap(({ values }) => values);
  return { spec: named('spec'), extensions: named('extension') };
}

/** Whether a path is named by Mocha's files, globs and folders; a folder stands for the files right in it. */
export function createSpecMatcher(
  spec: readonly string[],
  dir: string,
  { extensions, recursive }: Pick<MochaConfig, 'extensions' | 'recursive'>,
): (path: string) => boolean {
  const endings =
    extensions.length > 0 ? extensions.map((extension) => extension.replace(/^\./, '')) : ['js', 'cjs', 'mjs'];
  const files = endings.length > 1 ? `*.{${endings.join(',')}}` : `*.${endings[0] ?? 'js'}`;
  const wanted = spec.length > 0 ? spec : ['test'];
  const globs = wanted.flatMap((word) => {
    const path = word.replace(/^\.\//, '').replace(/\/$/, '');
    return isGlob(path) ? [path] : [path, `${path}/${recursive ? '**/' : ''}${files}`];
  });
  return createGlobMatcher(globs, dir);
}
