import { posix } from 'node:path';
import type { Tree } from '../../engine/ports.ts';
import { folderOf, joinPath, relativeTo } from '../../engine/tools/folders.ts';
import type { GoModule } from '../../engine/tools/go.ts';
import { testNames } from './test-text.ts';

/** A package whose tests are asked. */
export interface TestedPackage {
  /** As the command line has it: `./sub`. */
  readonly word: string;
  /** Folder relative to the root. */
  readonly dir: string;
  readonly importPath: string;
  /** What `go test` calls its binary; tests look at it. */
  readonly binary: string;
  /** Relative to the root. */
  readonly testFiles: readonly string[];
  /** File of each test. */
  readonly tests: ReadonlyMap<string, string>;
}

export function moduleName({ text }: GoModule): string | undefined {
  return /^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1];
}

/** The packages that words of a `go test` command name, `./...` among them. */
export function testedPackages(tree: Tree, module: GoModule, words: readonly string[]): readonly TestedPackage[] {
  const files = Map.groupBy(
    tree.paths.filter((path) => path.endsWith('_test.go') && module.holds(path)),
    folderOf,
  );
  const all = words.includes('./...');
  const name = moduleName(module) ?? '';
  return [...files].flatMap(([dir, testFiles]): TestedPackage[] => {
    const within = relativeTo(module.dir, dir);
    const word = within === '' ? '.' : `./${within}`;
    if (!all && !words.includes(word)) return [];
    const importPath = within === '' ? name : `${name}/${within}`;
    const tests = new Map(
      testFiles.flatMap((file) => testNames(tree.read(file) ?? '').map((test) => [test, file] as const)),
    );
    return [{ word, dir: joinPath(dir), importPath, binary: `${execName(importPath)}.test`, testFiles, tests }];
  });
}

/** The last part of an import path that is not a mere version. */
function execName(importPath: string): string {
  const last = posix.basename(importPath);
  return /^v[2-9]$|^v[1-9]\d+$/.test(last) ? posix.basename(posix.dirname(importPath)) || last : last;
}

/** Groups in which no two binaries have the same name, since one command writes them into one folder. */
export function withoutNamesakes(packages: readonly TestedPackage[]): readonly (readonly TestedPackage[])[] {
  const groups: TestedPackage[][] = [];
  for (const one of packages) {
    const group = groups.find((members) => members.every(({ binary }) => binary !== one.binary));
    if (group === undefined) groups.push([one]);
    else group.push(one);
  }
  return groups;
}
