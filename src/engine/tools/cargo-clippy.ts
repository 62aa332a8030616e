import type { Check } from '../checks/check.ts';
import { PARSERS } from '../parsers/index.ts';
import type { Tree } from '../ports.ts';
import { findMentions } from './automation.ts';
import { CARGO_ENV, type CargoWorkspace, cargoLocked, cargoPackages, findCargoWorkspaces } from './cargo.ts';
import { readConfig } from './config-text.ts';
import { type Draft, nameDrafts } from './drafts.ts';
import { isWithin, joinPath } from './folders.ts';
import { asRecord } from './records.ts';
import type { Tool, Workspace } from './tool.ts';
import { PLAIN_ENV } from './tool-env.ts';

/** Clippy where the repository uses it. */
export const cargoClippy: Tool = {
  name: 'cargo-clippy',
  detect(workspace: Workspace): readonly Check[] {
    const drafts = findCargoWorkspaces(workspace.tree).flatMap((cargo) => {
      const evidence = clippyEvidence(workspace, cargo);
      return evidence === undefined ? [] : [draftOf(workspace, cargo, 'clippy', evidence)];
    });
    return nameDrafts(workspace, drafts);
  },
};

/** The compiler alone where Clippy is not used, whose warnings nobody has agreed to. */
export const cargoCheck: Tool = {
  name: 'cargo-check',
  detect(workspace: Workspace): readonly Check[] {
    const plain = findCargoWorkspaces(workspace.tree).filter((cargo) => clippyEvidence(workspace, cargo) === undefined);
    const drafts = plain.map((cargo) => draftOf(workspace, cargo, 'check', joinPath(cargo.dir, 'Cargo.toml')));
    return nameDrafts(workspace, drafts);
  },
};

function clippyEvidence(workspace: Workspace, cargo: CargoWorkspace): string | undefined {
  const { tree } = workspace;
  const own = tree.paths.find((path) => /(?:^|\/)\.?clippy\.toml$/.test(path) && isWithin(cargo.dir, path));
  if (own !== undefined) return own;
  const root = asRecord(asRecord(cargo.manifest['workspace'])['lints'])['clippy'];
  if (root !== undefined) return `${joinPath(cargo.dir, 'Cargo.toml')} [workspace.lints.clippy]`;
  for (const { dir } of cargo.crates) {
    const manifest = joinPath(dir, 'Cargo.toml');
    if (asRecord(readConfig(tree, manifest)['lints'])['clippy'] !== undefined) return `${manifest} [lints.clippy]`;
  }
  return findMentions(tree, /\bcargo(?: \+\S+)?(?: hack)?\b.*\bclippy\b|command: clippy\b/)[0]?.path;
}

function draftOf(workspace: Workspace, cargo: CargoWorkspace, command: 'clippy' | 'check', evidence: string): Draft {
  const { tree, toolbox } = workspace;
  const program = toolbox.onPath('cargo');
  const rustc = toolbox.onPath('rustc');
  return {
    kind: command === 'clippy' ? 'lint' : 'types',
    tool: `cargo-${command}`,
    cwd: cargo.dir,
    evidence,
    narrowing: 'affected',
    covers: cargo.holds,
    invoke(target) {
      if (program === undefined) return { kind: 'missing', program: 'cargo', hint: 'install Rust (https://rustup.rs)' };
      if (command === 'clippy' && toolbox.onPath('cargo-clippy') === undefined)
        return { kind: 'missing', program: 'cargo-clippy', hint: 'rustup component add clippy' };
      const packages = cargoPackages(cargo, target);
      if (packages.length === 0) return { kind: 'nothing', reason: 'no crate is left to check' };
      const options = ['--message-format=json', ...targetsOf(tree, cargo), ...cargoLocked(tree, cargo)];
      return { kind: 'run', argv: [program, command, ...options, ...packages], env: PLAIN_ENV };
    },
    parse: PARSERS['cargo-json'],
    config: [...cargo.config, ...tree.paths.filter((path) => /(?:^|\/)\.?clippy\.toml$/.test(path))],
    executables: program === undefined || rustc === undefined ? [] : [program, rustc],
    env: CARGO_ENV,
  };
}

/** Benchmarks of the unstable harness build with a nightly compiler only. */
function targetsOf(tree: Tree, cargo: CargoWorkspace): readonly string[] {
  const unstable = tree.paths.some(
    (path) => /(?:^|\/)benches\//.test(path) && cargo.holds(path) && /^#!\[feature\b/m.test(tree.read(path) ?? ''),
  );
  return unstable ? ['--bins', '--tests', '--examples'] : ['--all-targets'];
}
