import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const quiet = (program, args, cwd) =>
  execFileSync(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

/** Other tools and real trees, from the package registries. */
export function installPeers() {
  const dir = process.env.BENCH_PEERS ?? join(tmpdir(), 'downforce-bench-peers');
  mkdirSync(dir, { recursive: true });
  if (!existsSync(join(dir, 'package.json'))) writeFileSync(join(dir, 'package.json'), '{"private":true}');
  if (!existsSync(join(dir, 'node_modules/dependency-cruiser'))) {
    quiet('npm', ['install', '--ignore-scripts', 'dependency-cruiser@18', 'typescript@5', 'fallow@3'], dir);
  }
  if (!existsSync(join(dir, 'viem'))) {
    const archive = quiet('npm', ['pack', 'viem@2'], dir).trim().split('\n').at(-1);
    mkdirSync(join(dir, 'viem'));
    quiet('tar', ['xzf', archive, '-C', 'viem', '--strip-components=1'], dir);
  }
  return dir;
}

function walk(dir, keep, prefix = '') {
  return readdirSync(join(dir, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return walk(dir, keep, path);
    return keep(path) ? [path] : [];
  });
}

function repositoryOf(name, from, files, extra) {
  const root = join(tmpdir(), `downforce-bench-${name}`);
  rmSync(root, { recursive: true, force: true });
  for (const path of files) cpSync(join(from, path), join(root, path));
  for (const [path, text] of Object.entries(extra)) writeFileSync(join(root, path), text);
  const git = (...args) => quiet('git', ['-c', 'user.name=b', '-c', 'user.email=b@localhost', ...args], root);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'tree');
  // A second commit, so that there is a base and the change is none.
  git('commit', '-qm', 'nothing', '--allow-empty');
  return root;
}

/** viem's sources with one rule that they break and two that they keep, as each tool words it. */
export function scriptPeers(dir) {
  const files = walk(join(dir, 'viem'), (path) => /\.ts$/.test(path) && !/\.d\.ts$|^_|node_modules/.test(path));
  const rules = [
    ['utils', 'actions'],
    ['constants', 'clients'],
    ['errors', 'chains'],
  ];
  const depcruise = {
    forbidden: rules.map(([from, to]) => ({
      name: `${from}-${to}`,
      severity: 'error',
      from: { path: `^${from}/` },
      to: { path: `^${to}/` },
    })),
    options: { tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
  };
  const zones = [...new Set(files.map((path) => path.split('/')[0]).filter((name) => !name.endsWith('.ts')))];
  const denied = new Map(rules.map(([from, to]) => [from, to]));
  const fallow = {
    boundaries: {
      zones: zones.map((name) => ({ name, patterns: [`${name}/**`] })),
      rules: [...denied].map(([from, to]) => ({ from, allow: zones.filter((name) => name !== to) })),
    },
  };
  const root = repositoryOf('viem', join(dir, 'viem'), files, {
    'package.json': JSON.stringify({
      name: 'viem',
      type: 'module',
      dependencies: {
        ox: '*',
        abitype: '*',
        '@noble/curves': '*',
        '@noble/hashes': '*',
        '@scure/bip32': '*',
        '@scure/bip39': '*',
        ws: '*',
        isows: '*',
        typescript: '*',
      },
    }),
    'downforce.jsonc': JSON.stringify({
      boundaries: rules.map(([from, to]) => ({ from: `${from}/**`, deny: `${to}/**` })),
    }),
    '.dependency-cruiser.json': JSON.stringify(depcruise),
    '.fallowrc.json': JSON.stringify(fallow),
  });
  const bin = join(dir, 'node_modules/.bin');
  return {
    root,
    files: files.length,
    peers: [
      {
        name: 'dependency-cruiser 18',
        argv: [
          process.execPath,
          join(dir, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
          '--config',
          '.dependency-cruiser.json',
          '--output-type',
          'json',
          '.',
        ],
        caches: [],
        count: (text) => JSON.parse(text).summary.violations.length,
      },
      {
        name: 'fallow 3 (boundaries only)',
        argv: [join(bin, 'fallow'), 'dead-code', '--boundary-violations', '--format', 'json', '--no-cache'],
        caches: ['.fallow'],
        count: (text) => JSON.parse(text).boundary_violations?.length ?? '?',
      },
    ],
  };
}

/** Django with one layers contract, where Python can be installed into. */
export function importLinter(dir) {
  const venv = join(dir, 'py');
  try {
    if (!existsSync(join(venv, 'bin/lint-imports'))) {
      quiet('python3', ['-m', 'venv', venv], dir);
      quiet(join(venv, 'bin/pip'), ['-q', 'install', 'import-linter', 'django'], dir);
    }
  } catch (error) {
    console.log(`import-linter could not be installed: ${String(error).split('\n')[0]}`);
    return undefined;
  }
  const lib = readdirSync(join(venv, 'lib'))[0];
  const site = join(venv, 'lib', lib, 'site-packages');
  const files = walk(join(site, 'django'), (path) => path.endsWith('.py')).map((path) => `django/${path}`);
  const root = repositoryOf('django', site, files, {
    '.importlinter':
      '[importlinter]\nroot_package = django\n\n[importlinter:contract:1]\nname = layers\ntype = layers\nlayers =\n    django.contrib\n    django.utils\n',
    'downforce.jsonc': JSON.stringify({ boundaries: [{ layers: ['django/contrib/**', 'django/utils/**'] }] }),
  });
  return { root, files: files.length, argv: [join(venv, 'bin/lint-imports')] };
}
