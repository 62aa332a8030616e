import type { Tree } from '../ports.ts';

/** Where decisions are kept: one file that grows, or a folder of numbered ones. */
export type DecisionPlace =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'folder'; readonly folder: string; readonly files: readonly string[] };

const DEFAULT_FILE = 'docs/decisions.md';
const FOLDERS = [
  'docs/adr',
  'doc/adr',
  'adr',
  'docs/adrs',
  'docs/decisions',
  'docs/architecture/decisions',
  'doc/architecture/decisions',
];
/** `0007-use-zod.md`, `ADR-007_zod.md`. */
export const NUMBERED =
  /^(?<prefix>(?:adr[-_]?)?)(?<number>\d{1,5})(?<separator>[-_. ]+)(?<slug>.+)\.(?<ending>md|markdown)$/i;

/** The configured place; else the folder of decision records there is; else `docs/decisions.md`. */
export function decisionPlace(tree: Tree, configured: string | undefined): DecisionPlace {
  if (configured !== undefined) {
    const plain = configured.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
    return /\.(md|markdown)$/i.test(plain) ? { kind: 'file', file: plain } : folderOf(tree, plain);
  }
  const found = FOLDERS.map((folder) => folderOf(tree, folder)).find(({ files }) => files.length > 0);
  return found ?? { kind: 'file', file: DEFAULT_FILE };
}

type Folder = DecisionPlace & { readonly kind: 'folder' };

function folderOf(tree: Tree, folder: string): Folder {
  const names = tree.paths.flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
  return withRecords({ kind: 'folder', folder, files: [] }, names);
}

/** With more of its files. Only numbered ones are records: a template or an index is none. */
export function withRecords({ kind, folder, files }: Folder, names: readonly string[]): Folder {
  const more = names.filter((name) => NUMBERED.test(name)).map((name) => `${folder}/${name}`);
  const all = [...new Set([...files, ...more])];
  return { kind, folder, files: all.sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1)) };
}

/** Of a record's path; zero for what is not numbered. */
export function numberOf(path: string): number {
  return Number(NUMBERED.exec(path.split('/').at(-1) ?? '')?.groups?.['number'] ?? 0);
}
