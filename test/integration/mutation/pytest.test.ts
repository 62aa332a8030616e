import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MutantRun } from '../../../src/engine/mutation/mutant-runner.ts';
import { findPython, pythonEnvironment } from './pytest-environment.ts';
import { TRAPS, troubleOf } from './pytest-trouble.ts';
import { bruteForce, type Fate, type PlannedMutant, repositoryOf, trial } from './trial.ts';

const TOOL = 'pytest';
const ENVIRONMENTS = [
  { python: '3.9', packages: ['pytest>=7,<8'] },
  { python: '3.11', packages: ['pytest>=8,<9'] },
  { python: '3.13', packages: ['pytest>=9,<10'] },
] as const;

function repository(files: Readonly<Record<string, string>>, python: string, packages: readonly string[]): string {
  const dir = repositoryOf(files);
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  symlinkSync(pythonEnvironment(python, ...packages), join(dir, '.venv'));
  return dir;
}

/** What the fast way says, confirmed alone where it is not sure, as the engine does. */
async function fates(dir: string, mutants: readonly PlannedMutant[]): Promise<readonly (Fate | 'unfit')[]> {
  const run = await trial(dir, mutants, { tool: TOOL });
  if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
  const found: (Fate | 'unfit')[] = [];
  for (const [index] of mutants.entries()) {
    const number = index + 1;
    const result = run.tries.find((candidate) => candidate.number === number);
    found.push(result?.unsure === undefined ? fateOf(result?.status) : await alone(dir, mutants, number));
  }
  return found;
}

async function alone(dir: string, mutants: readonly PlannedMutant[], number: number): Promise<Fate | 'unfit'> {
  const run = await trial(dir, mutants, { tool: TOOL, mode: 'alone', tries: [number] });
  return run.kind === 'ran' ? fateOf(run.tries[0]?.status) : 'unfit';
}

function fateOf(status: string | undefined): Fate {
  return status === undefined || status === 'equivalent' ? 'survived' : (status as Fate);
}

/** A process that goes down says nothing that could be read: killed all the same. */
function comparable(found: readonly string[]): readonly string[] {
  return found.map((fate) => (fate === 'error' ? 'killed' : fate));
}

function label(mutants: readonly PlannedMutant[], found: readonly string[]): readonly string[] {
  return mutants.map((mutant, index) => `${mutant.path}: ${mutant.find} -> ${mutant.replace}: ${found[index]}`);
}

/** Tries come as they are done, side by side. */
async function inOrder(dir: string, mutants: readonly PlannedMutant[]): Promise<MutantRun> {
  const run = await trial(dir, mutants, { tool: TOOL });
  return run.kind === 'ran' ? { ...run, tries: run.tries.toSorted((a, b) => a.number - b.number) } : run;
}

function statusOf(dir: string): string {
  const told = execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd: dir, encoding: 'utf8' });
  return told.replace('!! .downforce/\n', '');
}

const COMPARED = ENVIRONMENTS.flatMap((environment) =>
  (Object.keys(TRAPS) as (keyof typeof TRAPS)[])
    // What does not hang on versions is looked at with one.
    .filter((name) => environment.python === '3.11' || ['STATIC', 'SCOPES', 'TEXT'].includes(name))
    .map((name) => ({ ...environment, name })),
);

describe('pytest, compared with brute force', () => {
  it.for(COMPARED.filter(({ python }) => findPython(python) !== undefined))(
    'Python $python, $packages: $name',
    { timeout: 600_000 },
    async ({ python, packages, name }) => {
      const { files, mutants } = troubleOf([TRAPS[name]]);
      const dir = repository(files, python, packages);
      const before = statusOf(dir);
      const fast = await fates(dir, mutants);
      expect(statusOf(dir)).toBe(before);
      const slow = await bruteForce(dir, mutants, { tool: TOOL, timeoutMs: 15_000 });
      expect(label(mutants, comparable(fast))).toEqual(label(mutants, comparable(slow)));
    },
  );
});

describe('pytest, the fast way', () => {
  const [, { python, packages }] = ENVIRONMENTS;
  const CODE = 'def twice(value):\n    return value * 2\n';
  const TEST = 'from code_ import twice\n\n\ndef test_twice():\n    assert twice(3) == 6\n';
  const FILES = { 'code_.py': CODE, 'test_code.py': TEST, 'conftest.py': '', '.gitignore': '.venv\n' };
  const MUTANTS: readonly PlannedMutant[] = [
    { path: 'code_.py', find: 'value * 2', replace: 'value * 3' },
    { path: 'code_.py', find: 'value * 2', replace: 'value + value' },
  ];

  it('says which tests run a place, and what noticed the mutant', { timeout: 120_000 }, async () => {
    const dir = repository(FILES, python, packages);
    const run = await inOrder(dir, MUTANTS);
    expect(run).toMatchObject({
      kind: 'ran',
      tests: [
        { id: 'test_code.py::test_twice', file: 'test_code.py', name: 'test_twice', status: 'pass', reaches: [1, 2] },
      ],
      tries: [
        {
          number: 1,
          file: 'test_code.py',
          status: 'killed',
          killedBy: ['test_code.py::test_twice'],
          ran: ['test_code.py::test_twice'],
        },
        { number: 2, file: 'test_code.py', status: 'survived', killedBy: [], ran: ['test_code.py::test_twice'] },
      ],
    });
  });

  it('says so where the tests load another installation of the package', { timeout: 120_000 }, async () => {
    const files = { 'src/shop/__init__.py': '', 'src/shop/price.py': CODE };
    const other = repository({ ...files, '.gitignore': '.venv\n' }, python, packages);
    const ini = `[pytest]\npythonpath = ${join(other, 'src')}\n`;
    const test = TEST.replace('code_', 'shop.price');
    const dir = repository({ ...files, 'tests/test_price.py': test, 'pytest.ini': ini }, python, packages);
    const mutants = [{ path: 'src/shop/price.py', find: 'value * 2', replace: 'value * 3' }];
    const run = await inOrder(dir, mutants);
    expect(run).toMatchObject({ kind: 'unfit', reason: expect.stringContaining(join(other, 'src/shop/price.py')) });
  });

  it('is red where tests fail without a mutant', { timeout: 120_000 }, async () => {
    const dir = repository({ ...FILES, 'test_red.py': 'def test_red():\n    assert 1 == 2\n' }, python, packages);
    const run = await inOrder(dir, MUTANTS);
    expect(run.kind).toBe('red');
    expect(run).toMatchObject({ tests: [{ status: 'pass' }, { id: 'test_red.py::test_red', status: 'fail' }] });
  });

  it('leaves tests that look at their own code to another way', { timeout: 120_000 }, async () => {
    const test = 'import code_\n\n\ndef test_names():\n    assert code_.twice.__code__.co_names == ()\n';
    const dir = repository({ ...FILES, 'test_names.py': test }, python, packages);
    const run = await inOrder(dir, MUTANTS);
    expect(run).toMatchObject({ kind: 'unfit', reason: expect.stringContaining('test_names') });
  });

  it('keeps tests and mutants from writing to the working tree', { timeout: 180_000 }, async () => {
    const code = `${CODE}\n\ndef save(folder, text, name="a.txt"):\n    (folder / name).write_text(text)\n`;
    const test = `${TEST}\n\ndef test_save(tmp_path):\n    code_.save(tmp_path, "b")\n`.replace(
      'from',
      'import code_\nfrom',
    );
    const dir = repository({ ...FILES, 'code_.py': code, 'test_code.py': test }, python, packages);
    const mutant = { path: 'code_.py', find: 'folder / name', replace: '__import__("pathlib").Path("a.txt")' };
    const run = await trial(dir, [...MUTANTS, mutant], { tool: TOOL });
    const tries = run.kind === 'ran' ? run.tries : [];
    expect(tries.find((result) => result.number === 3)?.unsure).toContain('a.txt');
    const alone = await trial(dir, [mutant], { tool: TOOL, mode: 'alone' });
    expect(alone).toMatchObject({ kind: 'unfit', reason: expect.stringContaining('a.txt') });
    writeFileSync(join(dir, 'test_more.py'), 'def test_more():\n    open("b.txt", "w").close()\n');
    expect(await trial(dir, MUTANTS, { tool: TOOL })).toMatchObject({
      kind: 'unfit',
      reason: expect.stringContaining('b.txt'),
    });
    expect(statusOf(dir)).toBe('?? test_more.py\n!! .venv\n');
  });

  it('copes with what a configuration asks for', { timeout: 300_000 }, async () => {
    const plugins = [
      'pytest-xdist',
      'pytest-cov',
      'pytest-randomly',
      'pytest-rerunfailures',
      'pytest-asyncio',
      'hypothesis',
    ];
    const more = [
      'import asyncio, random',
      'from hypothesis import given, strategies',
      'from code_ import twice',
      '@given(strategies.integers())',
      'def test_any(value):\n    assert twice(value) % 2 == 0',
      'async def test_async():\n    await asyncio.sleep(0)\n    assert twice(2) == 4',
      'def test_chance():\n    assert twice(random.random()) >= 0',
    ].join('\n');
    const ini = [
      '[pytest]',
      'addopts = -n 2 --dist loadfile --cov=code_ --cov-report=html --reruns 1 --junitxml=out.xml --basetemp=temp --ff',
      'asyncio_mode = auto',
      'log_file = log.txt',
      'filterwarnings = error',
    ].join('\n');
    const dir = repository({ ...FILES, 'test_more.py': more, 'pytest.ini': ini }, python, [...packages, ...plugins]);
    const before = statusOf(dir);
    const run = await inOrder(dir, MUTANTS);
    expect(run).toMatchObject({
      kind: 'ran',
      tries: [
        { number: 1, status: 'killed' },
        { number: 2, file: 'test_code.py', status: 'survived' },
        { number: 2, file: 'test_more.py', status: 'survived' },
      ],
    });
    expect(statusOf(dir)).toBe(before);
  });
});
