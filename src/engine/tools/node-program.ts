import type { Invocation } from '../checks/check.ts';
import { absolutePath, folderOf, joinPath, upwards } from './folders.ts';
import type { NodePackage } from './node-packages.ts';
import { findPackageManager, type PackageManager } from './package-manager.ts';
import type { Workspace } from './tool.ts';

export type Program =
  | {
      readonly kind: 'found';
      readonly argv: readonly [string, ...string[]];
      /** What decides the verdict: the tool and what runs it. */
      readonly executables: readonly string[];
    }
  | (Invocation & { readonly kind: 'missing' });

/** The bin of a node package as a package in `dir` sees it. `packageName` where it is not the bin's name. */
export function findNodeProgram(workspace: Workspace, bin: string, dir: string, packageName = bin): Program {
  const { toolbox, tree } = workspace;
  const path = toolbox.nodeBin(bin, absolutePath(workspace.root, dir));
  const node = toolbox.onPath('node');
  const runtime = node === undefined ? [] : [node];
  if (path !== undefined) return { kind: 'found', argv: [path], executables: [path, ...runtime] };
  const yarn = toolbox.onPath('yarn');
  // With Plug'n'Play there is no node_modules; only Yarn knows where the bin is, and no file identifies it.
  if (yarn !== undefined && tree.has('.pnp.cjs')) return { kind: 'found', argv: [yarn, 'run', bin], executables: [] };
  return { kind: 'missing', program: bin, hint: installHint(workspace, dir, packageName) };
}

const INSTALL: Readonly<Record<PackageManager, string>> = {
  npm: 'npm ci',
  pnpm: 'pnpm install --frozen-lockfile',
  yarn: 'yarn install --frozen-lockfile',
  bun: 'bun install --frozen-lockfile',
};

const ADD: Readonly<Record<PackageManager, string>> = {
  npm: 'npm install --save-dev',
  pnpm: 'pnpm add --save-dev',
  yarn: 'yarn add --dev',
  bun: 'bun add --dev',
};

function installHint(workspace: Workspace, dir: string, packageName: string): string {
  const { manager, lock } = findPackageManager(workspace.tree, dir);
  const folder = lock === undefined ? dir : folderOf(lock);
  const place = folder === '' ? '' : ` in ${folder}`;
  if (!isDeclared(workspace, packageName, dir))
    return `${ADD[manager]} ${packageName}${dir === '' ? '' : ` in ${dir}`}`;
  if (lock === undefined) return `npm install${place}`;
  const modern = manager === 'yarn' && workspace.tree.has(joinPath(folder, '.yarnrc.yml'));
  return `${modern ? 'yarn install --immutable' : INSTALL[manager]}${place}`;
}

/** Whether a package.json at or above the folder asks for the package. */
export function isDeclared(workspace: Workspace, packageName: string, dir: string): boolean {
  const folders = upwards(dir);
  return workspace.nodePackages.some(
    (pkg) => folders.includes(pkg.dir) && Object.hasOwn(pkg.dependencies, packageName),
  );
}

/** A call of a program, with the package whose script makes it. */
export interface PackageCall {
  readonly pkg: NodePackage;
  readonly script: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export function findCalls(workspace: Workspace, ...programs: readonly string[]): readonly PackageCall[] {
  return workspace.nodePackages.flatMap((pkg) =>
    pkg.calls.filter((call) => programs.includes(call.program)).map((call) => ({ ...call, pkg })),
  );
}

/** The script that does least beside: `lint:js` says more about ESLint than `check`. */
export function byDirectness(left: PackageCall, right: PackageCall): number {
  const length = ({ pkg, script }: PackageCall) => pkg.calls.filter((call) => call.script === script).length;
  return length(left) - length(right);
}

/** `package.json script "lint"`, with the folder where it is not the root's. */
export function scriptEvidence(pkg: NodePackage, script: string): string {
  return `${joinPath(pkg.dir, 'package.json')} script "${script}"`;
}
