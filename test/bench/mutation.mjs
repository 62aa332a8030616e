// One cold run of the relevant tests (T), `downforce mutate`, and the peer on the same lines, side by side.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { relevantTests } from '../../src/engine/mutation/relevant-tests.ts';
import { survey } from '../../src/engine/survey.ts';
import { openEngine } from '../../src/harness/open-engine.ts';
import { PEERS, verdictsOf } from './mutation-peers.mjs';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.cjs');
const REAL = process.env['BENCH_REAL'] ?? '/tmp/real';

/** Real commits: the change is `base..head` of a clone whose dependencies are installed. */
const CASES = [
  { name: 'hono', runner: 'vitest' },
  { name: 'express', runner: 'mocha' },
  { name: 'fast-json-stringify', runner: 'node:test' },
  { name: 'zod-jest', runner: 'jest' },
  { name: 'flask', runner: 'pytest' },
  { name: 'attrs', runner: 'pytest' },
  { name: 'httpx', runner: 'pytest' },
  { name: 'zap', runner: 'go' },
  { name: 'semver', runner: 'cargo' },
];

export async function benchMutation(names) {
  const rows = [];
  for (const { name, runner } of CASES) {
    if (names.length > 0 && !names.includes(name)) continue;
    const from = join(REAL, name);
    if (!existsSync(from)) {
      rows.push({ name, runner, note: `not there: ${from}` });
      continue;
    }
    // An environment of Python leads back to where it was made: its repository is measured where it is.
    const inPlace = runner === 'pytest';
    const dir = inPlace ? from : join(mkdtempSync(join(tmpdir(), 'downforce-bench-')), name);
    if (!inPlace) spawnSync('cp', ['-a', from, dir]);
    rmSync(join(dir, '.downforce/cache/mutation'), { recursive: true, force: true });
    try {
      rows.push(await measure(name, runner, dir));
    } catch (error) {
      rows.push({ name, runner, note: String(error).slice(0, 200) });
    } finally {
      if (!inPlace) rmSync(join(dir, '..'), { recursive: true, force: true });
    }
    process.stdout.write(`${JSON.stringify(rows.at(-1))}\n`);
  }
  return rows;
}

async function measure(name, runner, dir) {
  const base = process.env[`BENCH_BASE_${name}`] ?? baseWithRuntimeChange(dir);
  const engine = await openEngine({ dir, base, configFile: undefined, warn: () => {} });
  const found = await survey(engine);
  const changed = found.change.files.map((file) => file.path).filter((path) => isSource(path));
  const relevant = relevantTests(found, changed, engine.tree, new Set());
  const plain = relevant.map(({ check, files }) => runPlain(engine, check, files));
  const t = plain.reduce((sum, run) => sum + run.ms, 0);
  const first = mutate(dir, base);
  const { test } = first;
  const own = verdictsOf(join(dir, '.downforce/reports/mutation.json')) ?? [];
  const lines = changedLines(dir, base).filter(({ path }) => changed.includes(path));
  const again = withComment(dir, test, () => mutate(dir, base));
  return {
    name,
    runner,
    base,
    files: relevant.reduce((sum, { files }) => sum + files.length, 0),
    t: Math.round(t),
    tMb: Math.max(...plain.map(({ mb }) => mb)),
    mutate: Math.round(first.ms),
    ratio: +(first.ms / t).toFixed(2),
    mb: first.mb,
    again: Math.round(again.ms),
    againRatio: +(again.ms / t).toFixed(2),
    summary: first.summary,
    note: first.note,
    lines: lines.reduce((sum, { start, end }) => sum + end - start + 1, 0),
    load: +loadavg()[0].toFixed(1),
    peers: besides(name, runner, {
      base,
      lines,
      tests: relevant.flatMap(({ files }) => files),
      symbols: first.symbols,
    }).map(({ verdicts, ...peer }) => ({
      ...peer,
      ...(peer.note === undefined ? { slower: +(peer.ms / first.ms).toFixed(1) } : {}),
      ...compared(own, verdicts),
    })),
  };
}

/** Each peer on a copy of its own. */
function besides(name, runner, change) {
  if (process.env['BENCH_PEER_LIMIT'] === '0') return [];
  return PEERS[runner].map((peer) => {
    const home = mkdtempSync(join(tmpdir(), 'downforce-bench-peer-'));
    spawnSync('cp', ['-a', join(REAL, name), join(home, name)]);
    try {
      return peer(join(home, name), change);
    } catch (error) {
      return { tool: peer.name, note: String(error).slice(0, 300) };
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
}

/** Where both tried the same mutant: how often, and where the two disagree. */
function compared(own, verdicts) {
  if (verdicts === undefined) return {};
  const known = new Map(own.map((mutant) => [mutant.key, mutant]));
  const pairs = verdicts.flatMap((theirs) => (known.has(theirs.key) ? [[known.get(theirs.key), theirs]] : []));
  const differ = pairs.filter(([ours, theirs]) => ours.noticed !== theirs.noticed);
  return {
    same: pairs.length,
    differ: differ.map(([ours, theirs]) => `${ours.place}: ${ours.status}, they ${theirs.status}`),
  };
}

/** Ranges of the new side, by file. */
function changedLines(dir, base) {
  let path = '';
  return git(dir, 'diff', '-U0', '--no-renames', base, 'HEAD')
    .stdout.split('\n')
    .flatMap((line) => {
      if (line.startsWith('+++ b/')) path = line.slice('+++ b/'.length);
      const [, start, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
      return start === undefined || count === '0'
        ? []
        : [{ path, start: Number(start), end: Number(start) + Number(count) - 1 }];
    });
}

/** The nearest first-parent commit since which source code changed. */
function baseWithRuntimeChange(dir) {
  for (let back = 1; back < 60; back++) {
    const { stdout } = git(dir, 'diff', '--name-only', '--diff-filter=M', `HEAD~${back}`, 'HEAD');
    if (stdout.split('\n').some(isSource)) return `HEAD~${back}`;
  }
  return 'HEAD~10';
}

function isSource(path) {
  return (
    /\.(ts|tsx|js|mjs|cjs|py|go|rs)$/.test(path) &&
    !/(^|\/)(tests?|__tests__|spec|bench|examples?|docs|build|scripts|type-definitions)\/|[._-](test|spec|bench)\.|_test\.|\.config\.|\.d\.ts$/.test(
      path,
    )
  );
}

function git(dir, ...args) {
  return spawnSync('git', args, { cwd: dir, encoding: 'utf8' });
}

function runPlain(engine, check, files) {
  const scratch = engine.createScratch();
  const invocation = check.invoke(files.length === 0 ? { kind: 'all' } : { kind: 'files', paths: files }, scratch.dir);
  const env = { ...process.env, PATH: engine.searchPath(check), ...invocation.env };
  const run = timed(invocation.argv, join(engine.root, check.cwd), env);
  scratch.dispose();
  return run;
}

/** Milliseconds, and the largest resident set of any process in it, in megabytes. */
function timed(argv, cwd, env) {
  const started = performance.now();
  const { stdout, stderr } = spawnSync('/usr/bin/time', ['-f', '\n%M', ...argv], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const kilobytes = Number(stderr.trim().split('\n').at(-1));
  return { ms: performance.now() - started, mb: Math.round(kilobytes / 1024), stdout };
}

function mutate(dir, base) {
  const run = timed([process.execPath, CLI, 'mutate', '--base', base, '--json'], dir, process.env);
  const report = JSON.parse(run.stdout);
  const check = report.result?.checks.find(({ id }) => id === 'mutation');
  const full = existsSync(join(dir, '.downforce/reports/mutate.json'))
    ? JSON.parse(readFileSync(join(dir, '.downforce/reports/mutate.json'), 'utf8'))
    : undefined;
  const mutants = full?.result?.checks.find(({ id }) => id === 'mutation')?.mutants ?? [];
  const test = mutants.flatMap(({ covered_by }) => covered_by.map(({ file }) => file)).find((file) => file !== '');
  return {
    ...run,
    summary: report.result?.mutation ?? report.error,
    note: check?.note ?? check?.reason,
    test,
    symbols: [...new Set(mutants.map(({ symbol }) => symbol ?? ''))],
  };
}

/** Something changes in a test that ran mutants, and nothing in what it says. */
function withComment(dir, test, work) {
  if (test === undefined) return work();
  const file = join(dir, test);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before + commentFor(test));
  try {
    return work();
  } finally {
    writeFileSync(file, before);
  }
}

function commentFor(path) {
  return path.endsWith('.py') ? '\n# once more\n' : '\n// once more\n';
}

if (process.argv[1] === import.meta.filename) await benchMutation(process.argv.slice(2));
