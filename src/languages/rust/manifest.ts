import { parse } from 'smol-toml';

export interface Target {
  readonly kind: 'bin' | 'test' | 'example' | 'bench';
  readonly name: string;
  readonly path: string | undefined;
}

export interface Dependency {
  /** Key in the table: the name in code, with `-` for `_`. */
  readonly key: string;
  readonly name: string;
  readonly path: string | undefined;
  readonly renamed: boolean;
  /** `workspace = true`: the workspace's own table has the rest. */
  readonly inherited: boolean;
}

export interface Manifest {
  /** Undefined where there is no [package]. */
  readonly name: string | undefined;
  readonly edition: string;
  readonly library: { readonly name: string | undefined; readonly path: string | undefined };
  readonly build: string | undefined;
  readonly targets: readonly Target[];
  /** Kinds of targets that Cargo is told not to look for. */
  readonly noAuto: ReadonlySet<Target['kind']>;
  readonly dependencies: readonly Dependency[];
  readonly workspace:
    | { readonly exclude: readonly string[]; readonly dependencies: readonly Dependency[]; readonly edition: string }
    | undefined;
  /** Package name to folder, of [patch.*] with a path. */
  readonly patches: ReadonlyMap<string, string>;
}

type Table = Readonly<Record<string, unknown>>;

const KINDS: readonly Target['kind'][] = ['bin', 'test', 'example', 'bench'];
const AUTO = { bin: 'autobins', test: 'autotests', example: 'autoexamples', bench: 'autobenches' };

export function parseManifest(text: string): Manifest {
  const root = readToml(text);
  const own = root['package'] ?? root['project'];
  const about = table(own);
  const library = table(root['lib']);
  const workspace = table(root['workspace']);
  const targets = KINDS.flatMap((kind) => targetsOf(kind, root[kind]));
  const edition = string(about['edition']) ?? (table(about['edition'])['workspace'] === true ? '' : '2015');
  return {
    name: own === undefined ? undefined : string(about['name']),
    edition,
    library: { name: string(library['name']), path: string(library['path']) },
    build: string(about['build']),
    targets,
    noAuto: new Set(KINDS.filter((kind) => !isAuto(kind, about, edition, targets))),
    dependencies: allDependencies(root),
    workspace:
      root['workspace'] === undefined
        ? undefined
        : {
            exclude: list(workspace['exclude']).flatMap((entry) => string(entry) ?? []),
            dependencies: dependenciesOf(workspace['dependencies']),
            edition: string(table(workspace['package'])['edition']) ?? '2015',
          },
    patches: patchesOf(root),
  };
}

/** A broken manifest still names its package, as far as a line of its own says so. */
function readToml(text: string): Table {
  try {
    return table(parse(text));
  } catch {
    const name = /^\s*\[package\][^[]*?^\s*name\s*=\s*["']([^"'\n]+)["']/m.exec(text)?.[1];
    return name === undefined ? {} : { package: { name } };
  }
}

function targetsOf(kind: Target['kind'], value: unknown): readonly Target[] {
  return list(value).map((entry) => ({
    kind,
    name: string(table(entry)['name']) ?? '',
    path: string(table(entry)['path']),
  }));
}

/** Before 2018, one target that is written out turned the search for others of its kind off. */
function isAuto(kind: Target['kind'], about: Table, edition: string, targets: readonly Target[]): boolean {
  const flag = about[AUTO[kind]];
  return typeof flag === 'boolean' ? flag : !(edition === '2015' && targets.some((target) => target.kind === kind));
}

function allDependencies(root: Table): readonly Dependency[] {
  const holders = [root, ...Object.values(table(root['target'])).map(table)];
  return holders.flatMap((holder) =>
    ['dependencies', 'dev-dependencies', 'dev_dependencies', 'build-dependencies', 'build_dependencies'].flatMap(
      (key) => dependenciesOf(holder[key]),
    ),
  );
}

function dependenciesOf(value: unknown): readonly Dependency[] {
  return Object.entries(table(value)).map(([key, entry]) => {
    const { package: name, path, workspace } = table(entry);
    return {
      key,
      name: string(name) ?? key,
      path: string(path),
      renamed: string(name) !== undefined,
      inherited: workspace === true,
    };
  });
}

function patchesOf(root: Table): ReadonlyMap<string, string> {
  const tables = [...Object.values(table(root['patch'])), root['replace']];
  const patches = new Map<string, string>();
  for (const { name, path } of tables.flatMap(dependenciesOf)) {
    // [replace] keys are `name:version`.
    if (path !== undefined) patches.set(name.replace(/:.*/, ''), path);
  }
  return patches;
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
