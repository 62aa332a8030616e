import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { expectBruteForce } from './fates.ts';
import { installed } from './installed.ts';
import { findPython, pythonEnvironment } from './pytest-environment.ts';
import { type PlannedMutant, repositoryOf } from './trial.ts';

const dirs: string[] = [];

afterAll(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A repository with the files of a package that is published with its tests. */
function libraryOf(source: string, files: Readonly<Record<string, string>>, left: (path: string) => boolean): string {
  const dir = repositoryOf(files);
  dirs.push(dir);
  cpSync(source, dir, {
    recursive: true,
    filter: (path) => !left(path) && !Object.keys(files).some((file) => path === join(source, file)),
  });
  spawnSync('chmod', ['-R', 'u+w', dir]);
  for (const args of [
    ['add', '-A'],
    ['-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'library'],
  ])
    spawnSync('git', args, { cwd: dir });
  return dir;
}

/** Gives a library what it needs. */
function link(packages: string, dir: string): void {
  symlinkSync(packages, join(dir, 'node_modules'));
  writeFileSync(join(dir, '.gitignore'), 'node_modules\n');
}

function mutants(
  path: string,
  ...plans: readonly (readonly [find: string, replace: string, nth?: number])[]
): PlannedMutant[] {
  return plans.map(([find, replace, nth = 1]) => ({ path, find, replace, nth }));
}

/** The source distribution of a Python package, fetched once. */
function pythonSource(name: string, version: string): string {
  const home = join(tmpdir(), 'downforce-fixtures');
  const dir = join(home, `${name}-${version}`);
  if (existsSync(dir)) return dir;
  mkdirSync(home, { recursive: true });
  const draft = mkdtempSync(`${dir}.`);
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--no-binary',
    ':all:',
    '-d',
    draft,
    `${name}==${version}`,
  ];
  const fetched = spawnSync(findPython('3.11') ?? 'python3', pip, { encoding: 'utf8', timeout: 300_000 });
  if (fetched.status !== 0) throw new Error(fetched.stderr);
  const [archive = ''] = readdirSync(draft);
  spawnSync('tar', ['xzf', archive], { cwd: draft });
  renameSync(join(draft, `${name}-${version}`), dir);
  rmSync(draft, { recursive: true, force: true });
  return dir;
}

function hasProgram(program: string, argument: string): boolean {
  return spawnSync(program, [argument]).status === 0;
}

/** A Go module as it is published, from the module cache, which nothing may write to. */
function goModule(name: string, version: string): string {
  const fetched = spawnSync('go', ['mod', 'download', '-json', `${name}@v${version}`], {
    cwd: tmpdir(),
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (fetched.status !== 0) throw new Error(fetched.stderr);
  return JSON.parse(fetched.stdout).Dir;
}

/** A Rust crate as it is published. */
function rustCrate(name: string, version: string): string {
  const asks = {
    'Cargo.toml': `[package]\nname = "asks"\nversion = "0.1.0"\n[lib]\npath = "lib.rs"\n[dependencies]\n${name} = "=${version}"\n`,
    'lib.rs': '',
  };
  const dir = repositoryOf(asks);
  dirs.push(dir);
  const fetched = spawnSync('cargo', ['vendor', '--quiet'], { cwd: dir, encoding: 'utf8', timeout: 300_000 });
  if (fetched.status !== 0) throw new Error(fetched.stderr);
  return join(dir, 'vendor', name);
}

describe('mutants of real libraries have the fate of brute force', () => {
  it('@fastify/error, with node:test', async () => {
    const source = join(installed({ '@fastify/error': '4.2.1' }), 'node_modules/@fastify/error');
    const files = { 'package.json': JSON.stringify({ type: 'commonjs', scripts: { test: 'node --test' } }) };
    const dir = libraryOf(source, files, (path) => path.includes('types'));
    const planned = mutants(
      'index.js',
      ['code === FastifyGenericErrorSymbol', 'code !== FastifyGenericErrorSymbol'],
      ['!code', 'code'],
      ['!message', 'false'],
      ['code.toUpperCase()', 'code'],
      ['!statusCode && (statusCode = undefined)', '!statusCode || (statusCode = undefined)'],
      ['!new.target', 'new.target'],
      ['args.length - 1', 'args.length + 1'],
      ['lastElement !== -1', 'lastElement === -1'],
      ['500', '501'],
      ["'FastifyError'", "''"],
      ['instance && instance[FastifySpecificErrorSymbol]', 'instance || instance[FastifySpecificErrorSymbol]'],
    );
    await expectBruteForce(dir, planned, 'node-test');
  }, 300_000);

  it('flat, with Mocha', async () => {
    const home = join(installed({ mocha: '11', flat: '5.0.2' }), 'node_modules');
    const scripts = { test: 'mocha -u tdd' };
    const files = { 'package.json': JSON.stringify({ name: 'flat', bin: 'cli.js', scripts }) };
    const dir = libraryOf(join(home, 'flat'), files, (path) => path.endsWith('README.md'));
    link(home, dir);
    const planned = mutants(
      'index.js',
      ["(typeof obj.constructor.isBuffer === 'function')", "(typeof obj.constructor.isBuffer !== 'function')"],
      ["opts.delimiter || '.'", "opts.delimiter && '.'"],
      ['currentDepth + 1', 'currentDepth - 1'],
      ['!opts.maxDepth || currentDepth < maxDepth', '!opts.maxDepth || currentDepth <= maxDepth'],
      ['opts.overwrite || false', 'opts.overwrite || true'],
      ["key.indexOf('.') !== -1", "key.indexOf('.') !== 1"],
      ["key1 === '__proto__'", "key1 !== '__proto__'"],
      ['split.length > 0', 'split.length >= 0'],
      ['key2 !== undefined', 'true'],
      ['recipient[key1] == null', 'recipient[key1] != null'],
    );
    await expectBruteForce(dir, planned, 'mocha');
  }, 300_000);

  it('object-path, with Jest', async () => {
    const home = join(installed({ jest: '30', chai: '4', 'object-path': '0.11.8' }), 'node_modules');
    const files = {
      'package.json': JSON.stringify({ scripts: { test: 'jest' }, jest: { testMatch: ['**/test.js'] } }),
    };
    const dir = libraryOf(join(home, 'object-path'), files, (path) => path.endsWith('README.md'));
    link(home, dir);
    const planned = mutants(
      'index.js',
      ["typeof module === 'object'", "typeof module !== 'object'"],
      ['obj == null', 'obj != null'],
      ['value.length === 0', 'value.length !== 0'],
      ["typeof value !== 'string'", "typeof value === 'string'"],
      ['intKey.toString() === key', 'intKey.toString() !== key'],
      ["prop === 'create'", "prop !== 'create'"],
      ["typeof prop === 'number' && Array.isArray(obj)", "typeof prop === 'number' || Array.isArray(obj)"],
      ["currentPath === 'prototype'", "currentPath !== 'prototype'"],
      ['path.length === 1', 'path.length !== 1'],
      ['objectPath.set(obj, path, false)', 'objectPath.set(obj, path, true)'],
    );
    await expectBruteForce(dir, planned, 'jest');
  }, 300_000);

  it('zod, with Vitest', async () => {
    const source = join(installed({ zod: '4.6.7' }), 'node_modules/zod');
    const tests = ['number', 'enum', 'template-literal'].map((name) => `src/v4/classic/tests/${name}.test.ts`);
    const files = {
      'package.json': JSON.stringify({ name: 'zod', type: 'module', scripts: { test: 'vitest run' } }),
      'vitest.config.ts': `import { join } from 'node:path';
const alias = [{ find: /^zod\\/v4$/, replacement: join(import.meta.dirname, 'src/v4/index.ts') }];
export default { resolve: { alias }, test: { include: ${JSON.stringify(tests)} } };
`,
    };
    const kept = [join(source, 'src/v4'), join(source, 'src')];
    const dir = libraryOf(
      source,
      files,
      (path) => path !== source && !kept.some((folder) => path === folder || path.startsWith(`${kept[0]}/`)),
    );
    link(join(import.meta.dirname, '../../../node_modules'), dir);
    const planned = mutants(
      'src/v4/core/util.ts',
      ['source.startsWith("^") ? 1 : 0', 'source.startsWith("^") ? 0 : 0'],
      ['source.length - 1', 'source.length'],
      ['Math.round(ratio)', 'ratio'],
      ['4 * Number.EPSILON', '4 / Number.EPSILON'],
      ['Math.abs(ratio - roundedRatio) < tolerance', 'Math.abs(ratio - roundedRatio) <= tolerance'],
      ['ratio - roundedRatio', 'ratio + roundedRatio', 2],
      ['"|"', '""'],
      ['value === EVALUATING', 'value !== EVALUATING'],
    );
    await expectBruteForce(dir, planned, 'vitest');
  }, 600_000);

  it.runIf(findPython('3.11') !== undefined)(
    'itsdangerous, with pytest',
    async () => {
      const dir = libraryOf(pythonSource('itsdangerous', '2.2.0'), { '.gitignore': '.venv\n' }, (path) =>
        /\/docs\b/.test(path),
      );
      writeFileSync(join(dir, 'pytest.ini'), '[pytest]\npythonpath = src\ntestpaths = tests\n');
      symlinkSync(pythonEnvironment('3.11', 'pytest==8.4.2', 'freezegun==1.5.5'), join(dir, '.venv'));
      const encoding = mutants(
        'src/itsdangerous/encoding.py',
        ['isinstance(s, str)', 'not isinstance(s, str)'],
        ['rstrip(b"=")', 'lstrip(b"=")'],
        ['-len(string) % 4', 'len(string) % 4'],
        ['lstrip(b"\\x00")', 'rstrip(b"\\x00")'],
        ['rjust(8, b"\\x00")', 'rjust(9, b"\\x00")'],
      );
      const signer = mutants(
        'src/itsdangerous/signer.py',
        ['self.sep in _base64_alphabet', 'self.sep not in _base64_alphabet'],
        ['self.secret_keys[-1]', 'self.secret_keys[0]'],
        ['self.key_derivation == "concat"', 'self.key_derivation != "concat"'],
        ['digest_method is None', 'digest_method is not None'],
      );
      await expectBruteForce(dir, [...encoding, ...signer], 'pytest');
    },
    300_000,
  );

  it.runIf(hasProgram('go', 'version'))(
    'google/uuid, with go test',
    async () => {
      const dir = libraryOf(goModule('github.com/google/uuid', '1.6.0'), { '.gitignore': '' }, (path) =>
        path.endsWith('.md'),
      );
      const planned = mutants(
        'uuid.go',
        ['!strings.EqualFold(s[:9], "urn:uuid:")', 'strings.EqualFold(s[:9], "urn:uuid:")'],
        ["s[8] != '-'", "s[8] == '-'"],
        ["s[23] != '-'", "s[23] == '-'"],
        ['s[x+1]', 's[x]'],
        ['s[i*2+1]', 's[i*2]'],
        ['uuid[8] & 0xc0) == 0x80', 'uuid[8] & 0xc0) != 0x80'],
        ['uuid[6] >> 4', 'uuid[6] << 4'],
      );
      // What depends on the clock and on chance (time.go) has another fate each time, with brute force as well.
      const sql = mutants('sql.go', ['len(src) == 0', 'len(src) != 0'], ['len(src) != 16', 'len(src) == 16']);
      await expectBruteForce(dir, [...planned, ...sql], 'go-test');
    },
    300_000,
  );

  it.runIf(hasProgram('cargo', '--version'))(
    'fnv, with cargo test',
    async () => {
      const dir = libraryOf(rustCrate('fnv', '1.0.7'), { '.gitignore': 'target\nCargo.lock\n' }, (path) =>
        path.includes('.cargo'),
      );
      const planned = mutants(
        'lib.rs',
        ['hash ^ (*byte as u64)', 'hash | (*byte as u64)'],
        ['hash.wrapping_mul(0x100000001b3)', 'hash.wrapping_add(0x100000001b3)'],
        ['FnvHasher(0xcbf29ce484222325)', 'FnvHasher(0xcbf29ce484222326)'],
        ['*self = FnvHasher(hash)', '*self = FnvHasher(0)'],
        ['FnvHasher(key)', 'FnvHasher(0)'],
      );
      await expectBruteForce(dir, planned, 'cargo-test');
    },
    300_000,
  );
});
