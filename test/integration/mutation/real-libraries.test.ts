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
  for (const args of [
    ['add', '-A'],
    ['-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'library'],
  ])
    spawnSync('git', args, { cwd: dir });
  return dir;
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
    symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(dir, 'node_modules'));
    writeFileSync(join(dir, '.gitignore'), 'node_modules\n');
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
});
