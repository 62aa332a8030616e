// Other mutation testers on the same changed lines. Each is installed into a folder outside the tree and run on a copy.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOME = process.env['BENCH_PEERS'] ?? join(tmpdir(), 'downforce-bench-peers');
const LIMIT_S = Number(process.env['BENCH_PEER_LIMIT'] ?? 300);
const STRYKER = join(HOME, 'stryker');
const PLUGINS = ['vitest', 'jest', 'mocha', 'tap'];

/** What a peer is told: `lines` are `{path, start, end}` of the new side, `tests` the relevant test files. */
export const PEERS = {
  vitest: [stryker('vitest', () => ({ vitest: {} }))],
  jest: [
    stryker('jest', ({ tests }) => ({
      jest: { config: { testRegex: [], testMatch: tests.map((path) => `**/${path}`) } },
    })),
  ],
  mocha: [stryker('mocha', ({ tests }, dir) => ({ mochaOptions: { spec: tests, ...mochaNeeds(dir) } }))],
  'node:test': [stryker('tap', ({ tests }) => ({ tap: { testFiles: tests, nodeArgs: ['--test-reporter=tap'] } }))],
  pytest: [pytestGremlins, mutmut],
  go: [gremlins],
  cargo: [cargoMutants],
};

/** express names it in a script, where Stryker does not look. */
function mochaNeeds(dir) {
  return existsSync(join(dir, 'test/support/env.js')) ? { require: ['./test/support/env.js'] } : {};
}

/** Milliseconds, the largest resident set of any process in it in megabytes, and what it said last where it failed. */
function timed(argv, cwd, env = {}) {
  const started = performance.now();
  const run = spawnSync('/usr/bin/time', ['-f', '\n%M', 'timeout', '-k', '5', String(LIMIT_S), ...argv], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = run.stderr.trim().split('\n');
  const mb = Math.round(Number(lines.pop()) / 1024);
  const said = `${run.stdout}\n${lines.join('\n')}`
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const errors = said.filter((line) => /error|fail/i.test(line));
  const words = (errors.length > 0 ? errors : said).slice(-6).join(' | ').slice(-700);
  return {
    ms: Math.round(performance.now() - started),
    mb,
    status: run.status,
    timedOut: run.status === 124,
    words,
    stdout: run.stdout,
  };
}

function install(marker, ...commands) {
  if (existsSync(marker)) return undefined;
  mkdirSync(HOME, { recursive: true });
  for (const [program, ...args] of commands) {
    const run = spawnSync(program, args, {
      cwd: HOME,
      encoding: 'utf8',
      timeout: 900_000,
      env: { ...process.env, GOBIN: join(HOME, 'go/bin') },
    });
    if (run.status !== 0) return `could not be installed: ${String(run.error ?? run.stderr).slice(-300)}`;
  }
  return undefined;
}

/** `verdicts`: mutated text without blanks to whether a test noticed. */
function conclude(tool, run, verdicts, total) {
  if (run.timedOut) return { tool, ms: run.ms, mb: run.mb, note: `not done after ${LIMIT_S} s: ${run.words}` };
  if (verdicts === undefined && total === undefined)
    return { tool, ms: run.ms, mb: run.mb, note: `failed (${run.status}): ${run.words}` };
  return { tool, ms: run.ms, mb: run.mb, mutants: total ?? verdicts.length, verdicts };
}

function stryker(runner, settings) {
  return (dir, change) => {
    const tool = 'StrykerJS';
    const names = ['core', ...PLUGINS.map((name) => `${name}-runner`)].map((name) => `@stryker-mutator/${name}@latest`);
    const trouble = install(join(STRYKER, 'node_modules/@stryker-mutator/core'), [
      'npm',
      'install',
      '--prefix',
      STRYKER,
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      ...names,
      // Its core imports it wherever there is a tsconfig.json.
      'typescript@5',
    ]);
    if (trouble !== undefined) return { tool, note: trouble };
    lendRunner(dir, runner);
    const config = {
      testRunner: runner,
      plugins: [join(STRYKER, `node_modules/@stryker-mutator/${runner}-runner/dist/src/index.js`)],
      mutate: change.lines.map(({ path, start, end }) => `${path}:${start}-${end}`),
      coverageAnalysis: 'perTest',
      ignoreStatic: false,
      incremental: false,
      concurrency: 2,
      // express serves no files from folders whose name begins with a dot, which Stryker's own does.
      tempDirName: 'stryker-tmp',
      reporters: ['json'],
      allowConsoleColors: false,
      ...settings(change, dir),
    };
    writeFileSync(join(dir, 'stryker.bench.json'), JSON.stringify(config));
    const bin = join(STRYKER, 'node_modules/@stryker-mutator/core/bin/stryker.js');
    const run = timed([process.execPath, bin, 'run', 'stryker.bench.json'], dir);
    return conclude(tool, run, verdictsOf(join(dir, 'reports/mutation/mutation.json')));
  };
}

/** Stryker's plug-in asks for the runner beside itself: it gets the repository's own. */
function lendRunner(dir, runner) {
  for (const name of [runner, 'jest-cli', 'jest-circus', 'jest-environment-node']) {
    const place = join(STRYKER, 'node_modules', name);
    const own = join(dir, 'node_modules', name);
    if (!existsSync(own)) continue;
    rmSync(place, { recursive: true, force: true });
    symlinkSync(own, place);
  }
}

/** Of a report in the public schema: ours is one as well. */
export function verdictsOf(file) {
  if (!existsSync(file)) return undefined;
  const { files } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(files).flatMap(([path, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status !== 'Ignored' && status !== 'CompileError')
      .map(({ location, replacement, status }) => ({
        key: mutatedText(path, source, location, replacement ?? ''),
        place: `${path}:${location.start.line}:${location.start.column} ${replacement}`,
        noticed: status === 'Killed' || status === 'Timeout' || status === 'RuntimeError',
        status,
      })),
  );
}

/** Two tools' mutants are the same where the changed files are, blanks and brackets aside. */
function mutatedText(path, source, { start, end }, replacement) {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ line, column }) => starts[line - 1] + column - 1;
  const text = source.slice(0, offset(start)) + replacement + source.slice(offset(end));
  return `${path}\0${text.replaceAll(/[\s();]/g, '')}`;
}

/** It knows no lines, only files. */
function pytestGremlins(dir, { lines, tests }) {
  const tool = 'pytest-gremlins (whole files)';
  const python = join(dir, '.venv/bin/python');
  const site = join(HOME, `py-gremlins-${versionOf(python)}`);
  const trouble = install(join(site, 'pytest_gremlins'), [
    python,
    '-m',
    'pip',
    'install',
    '-q',
    '--target',
    site,
    '--no-deps',
    'pytest-gremlins',
    'coverage',
  ]);
  if (trouble !== undefined) return { tool, note: trouble };
  const targets = [...new Set(lines.map(({ path }) => path))].join(',');
  const argv = [
    python,
    '-m',
    'pytest',
    '-q',
    '--gremlins',
    `--gremlin-targets=${targets}`,
    '--gremlin-parallel',
    '--gremlin-workers=2',
    ...tests,
  ];
  const run = timed(argv, dir, { PYTHONPATH: site });
  const counts = [...run.stdout.matchAll(/(Zapped|Survived|Timeout|Error): (\d+)/g)].map(([, , count]) =>
    Number(count),
  );
  return {
    ...conclude(tool, run, undefined, counts.length === 0 ? undefined : counts.reduce((a, b) => a + b, 0)),
    summary: counts.join('/'),
  };
}

/** It knows no lines, only functions: those that hold changed lines. */
function mutmut(dir, { lines, tests, symbols }) {
  const tool = 'mutmut (whole functions)';
  const python = join(dir, '.venv/bin/python');
  const site = join(HOME, `py-mutmut-${versionOf(python)}`);
  const trouble = install(join(site, 'mutmut'), [python, '-m', 'pip', 'install', '-q', '--target', site, 'mutmut']);
  if (trouble !== undefined) return { tool, note: trouble };
  // What the repository tests with is its own.
  for (const name of ['pytest', '_pytest', 'pluggy']) rmSync(join(site, name), { recursive: true, force: true });
  const paths = [...new Set(lines.map(({ path }) => path))];
  const toml = existsSync(join(dir, 'pyproject.toml')) ? readFileSync(join(dir, 'pyproject.toml'), 'utf8') : '';
  const source = paths[0].startsWith('src/') ? 'src/' : `${paths[0].split('/')[0]}/`;
  const list = (values) => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
  writeFileSync(
    join(dir, 'pyproject.toml'),
    `${toml}\n[tool.mutmut]\nsource_paths = ${list([source])}\nonly_mutate = ${list(paths)}\npytest_add_cli_args_test_selection = ${list(tests)}\nalso_copy = ["pyproject.toml", "README.md"]\n`,
  );
  const names = symbols.map((symbol) => `*${symbol.split('.').at(-1)}__mutmut_*`);
  // After the environment's own packages, so that its pytest is the one that runs.
  const start = `import sys; sys.path.append(${JSON.stringify(site)}); sys.argv[0] = 'mutmut'; from mutmut.__main__ import cli; cli()`;
  const run = timed([python, '-c', start, 'run', '--max-children', '2', ...names], dir, { PYTHONPATH: site });
  const counts = /(\d+)\/(\d+)\s+🎉 (\d+)/gu;
  const last = [...run.stdout.matchAll(counts)].at(-1);
  return conclude(tool, run, undefined, last === undefined ? undefined : Number(last[2]));
}

function versionOf(python) {
  return spawnSync(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
    encoding: 'utf8',
  }).stdout.trim();
}

function gremlins(dir, { base }) {
  const tool = 'gremlins';
  const program = join(HOME, 'go/bin/gremlins');
  const trouble = install(program, ['go', 'install', 'github.com/go-gremlins/gremlins/cmd/gremlins@latest']);
  if (trouble !== undefined) return { tool, note: trouble };
  const out = join(dir, '..', 'gremlins.json');
  const run = timed([program, 'unleash', '--diff', base, '--workers', '2', '--output', out, '.'], dir);
  const report = existsSync(out) ? JSON.parse(readFileSync(out, 'utf8')) : undefined;
  const judged = report?.files?.flatMap(({ mutations }) => mutations).filter(({ status }) => status !== 'SKIPPED');
  const counts = Object.entries(Object.groupBy(judged ?? [], ({ status }) => status)).map(
    ([status, all]) => `${all.length} ${status}`,
  );
  return { ...conclude(tool, run, undefined, judged?.length), summary: counts.join(', ') };
}

function cargoMutants(dir, { base }) {
  const tool = 'cargo-mutants';
  const program = join(HOME, 'cargo/bin/cargo-mutants');
  const trouble = install(program, ['cargo', 'install', '--locked', '--root', join(HOME, 'cargo'), 'cargo-mutants']);
  if (trouble !== undefined) return { tool, note: trouble };
  const diff = join(dir, '..', 'change.diff');
  writeFileSync(diff, spawnSync('git', ['diff', base, 'HEAD', '--', '*.rs'], { cwd: dir, encoding: 'utf8' }).stdout);
  const out = join(dir, '..', 'cargo-mutants');
  const run = timed([program, 'mutants', '--in-diff', diff, '--jobs', '2', '--no-shuffle', '--output', out], dir);
  const file = join(out, 'mutants.out/outcomes.json');
  if (!existsSync(file)) return conclude(tool, run);
  const mutants = JSON.parse(readFileSync(file, 'utf8')).outcomes.filter(({ scenario }) => scenario !== 'Baseline');
  const verdicts = mutants
    .filter(({ summary }) => summary !== 'Unviable')
    .map(({ scenario: { Mutant: mutant }, summary }) => ({
      key: mutatedText(mutant.file, readFileSync(join(dir, mutant.file), 'utf8'), mutant.span, mutant.replacement),
      place: mutant.name,
      noticed: summary !== 'MissedMutant',
      status: summary,
    }));
  return conclude(tool, run, verdicts, mutants.length);
}
