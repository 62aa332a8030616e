// Speed, side by side on the same trees in one run: `npm run bench`. Peers are installed into a folder of their own.
import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeRepository } from './make-repository.mjs';
import { benchMutation } from './mutation.mjs';
import { importLinter, installPeers, scriptPeers } from './peers.mjs';
import { measureWarm } from './warm.mjs';

const cli = resolve(import.meta.dirname, '../../dist/cli.cjs');
const noTools = { detect: false, checks: { 'lint:true': { run: ['/bin/true'], parse: 'exit-code' } } };

/** Wall milliseconds and peak resident megabytes of one command. */
function measure(argv, cwd) {
  const started = process.hrtime.bigint();
  const result = spawnSync('/usr/bin/time', ['-f', '%M', ...argv], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  const kilobytes = Number(result.stderr.trim().split('\n').at(-1));
  return { ms, mb: kilobytes / 1024, status: result.status, stdout: result.stdout };
}

/** The median of several runs. */
function median(count, run) {
  const runs = Array.from({ length: count }, run).sort((a, b) => a.ms - b.ms);
  return runs[Math.floor(count / 2)];
}

const row = (...cells) =>
  console.log(cells.map((cell, at) => (at === 0 ? String(cell).padEnd(44) : String(cell).padStart(12))).join(''));
const ms = (value) => `${value.toFixed(0)} ms`;
const mb = (value) => `${value.toFixed(0)} MB`;

console.log(`${cpus().length} cores, Node ${process.version}\n`);
const bare = median(5, () => measure([process.execPath, '-e', '0'], tmpdir()));
row('node -e 0', ms(bare.ms), mb(bare.mb));

console.log('\nOverhead of `downforce loop` beyond the tools: one file changed, the only tool is /bin/true');
row('files', 'first run', 'later runs', 'memory', 'ratio to node');
for (const files of (process.env.BENCH_SIZES ?? '100,1000,10000,30000').split(',').map(Number)) {
  const root = makeRepository(files, noTools);
  appendFileSync(join(root, 'packages/p0/src/f50.ts'), 'export const extra = 1;\n');
  const first = measure([process.execPath, cli, 'loop', '--no-cache', '--json'], root);
  const later = median(5, () => measure([process.execPath, cli, 'loop', '--no-cache', '--json'], root));
  row(files, ms(first.ms), ms(later.ms), mb(later.mb), (later.ms / bare.ms).toFixed(1));
  rmSync(root, { recursive: true, force: true });
}

console.log('\nWhole-repository boundaries, the same rules on the same tree, cold (caches removed)');
const peers = installPeers();
const tree = scriptPeers(peers);
row(`viem, ${tree.files} TypeScript files`, 'time', 'findings', 'ratio');
const cold = (argv, cwd, forget) =>
  median(3, () => {
    for (const name of forget) rmSync(join(cwd, name), { recursive: true, force: true });
    return measure(argv, cwd);
  });
const own = cold([process.execPath, cli, 'loop', '--only', 'boundaries', '--all', '--json'], tree.root, ['.downforce']);
row(
  'downforce',
  ms(own.ms),
  JSON.parse(own.stdout).result.checks[0].details.length + JSON.parse(own.stdout).result.checks[0].omitted_details,
  '1.0',
);
for (const peer of tree.peers) {
  const run = cold(peer.argv, tree.root, peer.caches);
  row(peer.name, ms(run.ms), peer.count(run.stdout), (run.ms / own.ms).toFixed(1));
}

const python = importLinter(peers);
if (python !== undefined) {
  row(`Django, ${python.files} Python files`, 'time', 'broken', 'ratio');
  const mine = cold([process.execPath, cli, 'loop', '--only', 'boundaries', '--all', '--json'], python.root, [
    '.downforce',
  ]);
  row('downforce', ms(mine.ms), JSON.parse(mine.stdout).result.checks[0].status, '1.0');
  const theirs = cold(python.argv, python.root, ['.import_linter_cache']);
  row('import-linter', ms(theirs.ms), theirs.status === 0 ? 'pass' : 'fail', (theirs.ms / mine.ms).toFixed(1));
}

console.log('\nOne changed file of 10,000, graph in memory');
const warm = await measureWarm();
row('boundaries of the changed file', `${warm.toFixed(2)} ms`);

if (process.env.BENCH_MUTATION === '1') {
  console.log('\nMutants of real changes: T is one run of the relevant tests, and each peer has the same lines');
  row('repository', 'lines', 'mutants', 'T', 'ratio', 'again', 'peer ratio');
  for (const { name, lines, summary, t, ratio, againRatio, peers, note } of await benchMutation([])) {
    if (t === undefined) row(name, note);
    else row(name, lines, summary?.total, ms(t), ratio, againRatio);
    for (const peer of peers ?? []) row(`  ${peer.tool}`, '', peer.mutants ?? peer.note, '', '', '', peer.slower ?? '');
  }
}

if (process.env.BENCH_VSCODE === '1') {
  console.log('\nIn a real VS Code');
  spawnSync(process.execPath, [resolve(import.meta.dirname, '../e2e/measure.ts')], { stdio: 'inherit' });
}
