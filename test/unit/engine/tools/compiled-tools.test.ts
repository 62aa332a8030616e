import { describe, expect, it } from 'vitest';
import { cargoCheck, cargoClippy } from '../../../../src/engine/tools/cargo-clippy.ts';
import { gitleaks } from '../../../../src/engine/tools/gitleaks.ts';
import { goVet } from '../../../../src/engine/tools/go-vet.ts';
import { golangciLint } from '../../../../src/engine/tools/golangci-lint.ts';
import { semgrep } from '../../../../src/engine/tools/semgrep.ts';
import { checkOf, checksOf, commandOf, coveredOf, onFiles } from '../../memory-workspace.ts';

const go = {
  'go.mod': 'module example.com/m',
  'a.go': 'package m',
  'p/b.go': 'package p',
  'gen/c.go': '//go:build ignore\n\npackage main',
  'p/testdata/d.go': 'package d',
  'sub/go.mod': 'module example.com/m/sub',
  'sub/e.go': 'package sub',
};

describe('go vet', () => {
  it('has a check a module, on the folders of the files', () => {
    const [root, sub] = checksOf(goVet, go);
    if (root === undefined || sub === undefined) throw new Error('two checks were expected');
    expect([root.id, sub.id, sub.cwd]).toEqual(['lint:go-vet/root', 'lint:go-vet/sub', 'sub']);
    expect(commandOf(root)).toBe('/usr/go vet ./...');
    expect(commandOf(root, onFiles('p/b.go', 'a.go', 'gen/c.go', 'sub/e.go'))).toBe('/usr/go vet ./p .');
    expect(commandOf(root, onFiles('gen/c.go'))).toBe('nothing: no package is left to vet');
    expect(commandOf(sub, onFiles('sub/e.go'))).toBe('/usr/go vet .');
    expect(coveredOf(root, Object.keys(go))).toEqual(['a.go', 'p/b.go', 'gen/c.go']);
    expect(root.invoke({ kind: 'all' }, '/s')).toMatchObject({ context: 'module example.com/m' });
  });
});

describe('golangci-lint', () => {
  it.each([
    ['version: "2"', '--output.json.path=stdout --output.text.path=stderr --show-stats=false', '/v2'],
    ['linters: {}', '--out-format=json', ''],
  ])('speaks the language of the configuration %s', (config, options, generation) => {
    const files = { '.golangci.yml': config, 'go.mod': '', 'a.go': '' };
    const check = checkOf(golangciLint, files);
    expect(commandOf(check, onFiles('a.go'))).toBe(
      `/usr/golangci-lint run ${options} --allow-parallel-runners --fix=false --issues-exit-code=1 .`,
    );
    expect(commandOf(checkOf(golangciLint, files, { path: [] }))).toBe(
      `missing golangci-lint: go install github.com/golangci/golangci-lint${generation}/cmd/golangci-lint@latest`,
    );
  });

  it('is not used without a configuration', () => {
    expect(checksOf(golangciLint, go)).toEqual([]);
  });
});

const crate = (name: string) => `[package]\nname = "${name}"`;
const cargo = {
  'Cargo.toml': `[workspace]\nmembers = ["crates/*"]\nexclude = ["other"]\n${crate('root')}`,
  'Cargo.lock': '',
  'src/lib.rs': '',
  'crates/a/Cargo.toml': crate('a-crate'),
  'crates/a/src/lib.rs': '',
  'other/Cargo.toml': crate('other'),
  'other/src/lib.rs': '',
  'fuzz/Cargo.toml': `${crate('fuzz')}\n[package.metadata]\ncargo-fuzz = true\n[workspace]`,
  'fuzz/x.rs': '',
};

describe('cargo', () => {
  it('checks workspaces, narrowed to the crates of the files', () => {
    const [root, other] = checksOf(cargoCheck, cargo);
    if (root === undefined || other === undefined) throw new Error('two checks were expected');
    expect([root.id, other.id, root.kind]).toEqual(['types:cargo-check/root', 'types:cargo-check/other', 'types']);
    expect(commandOf(root)).toBe('/usr/cargo check --message-format=json --all-targets --locked --workspace');
    expect(commandOf(root, onFiles('crates/a/src/lib.rs'))).toBe(
      '/usr/cargo check --message-format=json --all-targets --locked -p a-crate',
    );
    const sources = Object.keys(cargo).filter((path) => path.endsWith('.rs'));
    expect(coveredOf(root, sources)).toEqual(['src/lib.rs', 'crates/a/src/lib.rs']);
    expect(coveredOf(other, sources)).toEqual(['other/src/lib.rs']);
    expect(commandOf(other)).toBe('/usr/cargo check --message-format=json --all-targets --workspace');
  });

  it('leaves out benchmarks that stable compilers refuse', () => {
    const check = checkOf(cargoCheck, {
      'Cargo.toml': crate('a'),
      'src/lib.rs': '',
      'benches/b.rs': '#![feature(test)]',
    });
    expect(commandOf(check)).toBe('/usr/cargo check --message-format=json --bins --tests --examples --workspace');
  });

  it.each<[string, Record<string, string>]>([
    ['clippy.toml', { 'clippy.toml': '' }],
    [
      'Cargo.toml [workspace.lints.clippy]',
      { 'Cargo.toml': `${cargo['Cargo.toml']}\n[workspace.lints.clippy]\nall = "warn"` },
    ],
    ['crates/a/Cargo.toml [lints.clippy]', { 'crates/a/Cargo.toml': `${crate('a')}\n[lints.clippy]\nall = "warn"` }],
    ['.github/workflows/ci.yml', { '.github/workflows/ci.yml': '  - run: cargo +nightly clippy -- -D warnings' }],
  ])('uses Clippy because of %s', (evidence, files) => {
    const all = { ...cargo, ...files };
    const [check] = checksOf(cargoClippy, all);
    expect(check).toMatchObject({ kind: 'lint', tool: 'cargo-clippy', evidence });
    expect(checksOf(cargoCheck, all).map(({ cwd }) => cwd)).not.toContain('');
  });

  it('says which component is missing', () => {
    const files = { 'Cargo.toml': crate('a'), 'clippy.toml': '' };
    expect(commandOf(checkOf(cargoClippy, files, { path: ['cargo'] }))).toBe(
      'missing cargo-clippy: rustup component add clippy',
    );
  });
});

describe('scanners', () => {
  it('semgrep runs the rules of the repository', () => {
    const check = checkOf(semgrep, { '.semgrep/a.yml': '', 'a.py': '' });
    expect(commandOf(check, onFiles('a.py'))).toBe(
      '/venv/semgrep scan --metrics=off --disable-version-check --quiet --error --sarif --sarif-output=/scratch/semgrep.sarif --config .semgrep a.py',
    );
    expect(checksOf(semgrep, { '.semgrep.yml': '' }, { python: [], path: [] })).toEqual([]);
  });

  it('gitleaks reports what is tracked', () => {
    const check = checkOf(gitleaks, { '.gitleaks.toml': '', 'a.env': '' });
    const options =
      '--report-format sarif --redact --no-banner --exit-code 0 --config .gitleaks.toml --report-path /scratch/gitleaks.sarif';
    expect(commandOf(check)).toBe(`/usr/gitleaks dir . ${options}`);
    expect(commandOf(check.fallback ?? check, onFiles('a.env'))).toBe(
      `/usr/gitleaks detect --no-git --source a.env ${options}`,
    );
    const result = (uri: string) => ({
      ruleId: 'x',
      level: 'error',
      message: { text: 'secret' },
      locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } }],
    });
    const report = {
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'g', rules: [] } }, results: [result('a.env'), result('local.env')] }],
    };
    const output = {
      stdout: '',
      stderr: '',
      exitCode: 0,
      truncated: false,
      root: '/repo',
      cwd: '/repo',
      reports: [JSON.stringify(report)],
    };
    expect(check.parse(output)).toMatchObject({ kind: 'parsed', findings: [{ path: 'a.env' }] });
    expect(checksOf(gitleaks, { 'a.env': '' })).toEqual([]);
  });
});
