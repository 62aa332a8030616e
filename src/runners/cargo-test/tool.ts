import type { Check } from '../../engine/checks/check.ts';
import { PARSERS } from '../../engine/parsers/index.ts';
import {
  CARGO_ENV,
  type CargoWorkspace,
  cargoLocked,
  cargoPackages,
  findCargoWorkspaces,
} from '../../engine/tools/cargo.ts';
import { type Draft, nameDrafts } from '../../engine/tools/drafts.ts';
import { joinPath } from '../../engine/tools/folders.ts';
import type { Tool, Workspace } from '../../engine/tools/tool.ts';
import { TEST_ENV } from '../../engine/tools/tool-env.ts';
import { createCargoMutants } from './mutants.ts';

/** Cargo runs the tests of whole crates, so every source file stands for its crate's tests. */
export const cargoTest: Tool = {
  name: 'cargo-test',
  detect(workspace: Workspace): readonly Check[] {
    const { tree } = workspace;
    const tested = findCargoWorkspaces(tree).filter((cargo) =>
      tree.paths.some(
        (path) => cargo.holds(path) && /#\[(?:\w+::)*test\b|^\s*\/\/[/!] ```/m.test(tree.read(path) ?? ''),
      ),
    );
    return nameDrafts(
      workspace,
      tested.map((cargo) => draftOf(workspace, cargo)),
    );
  },
};

function draftOf(workspace: Workspace, cargo: CargoWorkspace): Draft {
  const { tree, toolbox } = workspace;
  const program = toolbox.onPath('cargo');
  const rustc = toolbox.onPath('rustc');
  return {
    kind: 'test',
    tool: 'cargo-test',
    cwd: cargo.dir,
    evidence: joinPath(cargo.dir, 'Cargo.toml'),
    narrowing: 'affected',
    covers: cargo.holds,
    invoke(target) {
      if (program === undefined) return { kind: 'missing', program: 'cargo', hint: 'install Rust (https://rustup.rs)' };
      const packages = cargoPackages(cargo, target);
      if (packages.length === 0) return { kind: 'nothing', reason: 'no crate is left to test' };
      const options = ['--message-format=json', '--no-fail-fast', ...cargoLocked(tree, cargo)];
      return { kind: 'run', argv: [program, 'test', ...options, ...packages], env: TEST_ENV };
    },
    parse: PARSERS['cargo-json'],
    config: cargo.config,
    executables: program === undefined || rustc === undefined ? [] : [program, rustc],
    env: [...CARGO_ENV, 'RUST_TEST_THREADS'],
    mutants: createCargoMutants(cargo),
  };
}
