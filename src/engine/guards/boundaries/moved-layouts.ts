import type { ChangedFile } from '../../change/change.ts';
import type { Tree } from '../../ports.ts';
import type { GuardContext } from '../guard.ts';

/** Folders of manifests and compiler settings that changed: what imports below them lead to may have changed with them. */
export function movedLayouts({ change, languages, tree, baseTree }: GuardContext): readonly string[] {
  const isLayout = (path: string): boolean => languages.some((language) => language.isLayout(path));
  return change.files
    .filter((file) => isLayout(file.path) || (file.from !== undefined && isLayout(file.from)))
    .filter((file) => !saysTheSame(file, tree, baseTree))
    .flatMap((file) => [file.path, ...(file.from === undefined ? [] : [file.from])])
    .map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
}

/** What a package.json says that leads no import anywhere; a release changes little else. */
const ASIDE = new Set(
  'version description keywords homepage bugs license author contributors funding repository scripts files bin man engines os cpu packageManager publishConfig private sideEffects'.split(
    ' ',
  ),
);

function saysTheSame(file: ChangedFile, tree: Tree, baseTree: Tree): boolean {
  if (file.status !== 'modified' || !file.path.endsWith('package.json')) return false;
  const [now, before] = [tree, baseTree].map((one) => essence(one.read(file.path)));
  return now !== undefined && now === before;
}

function essence(text: string | undefined): string | undefined {
  try {
    const json: unknown = JSON.parse(text ?? '');
    if (typeof json !== 'object' || json === null) return undefined;
    return JSON.stringify(
      Object.entries(json)
        .filter(([key]) => !ASIDE.has(key))
        .map(([key, value]) => [key, /[dD]ependencies$/.test(key) ? Object.keys(value ?? {}) : value]),
    );
  } catch {
    // A broken manifest may say anything.
    return undefined;
  }
}
