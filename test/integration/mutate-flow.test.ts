import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readVerdict, runCli, type Verdict } from './command-line.ts';
import { createWork, type Repository } from './repository.ts';

interface Project {
  readonly source: string;
  readonly test: string;
  readonly base: Readonly<Record<string, string>>;
  readonly changed: Readonly<Record<string, string>>;
  /** Where the survivor is. */
  readonly place: string;
}

const PYTHON: Project = {
  source: 'cart.py',
  test: 'tests/test_cart.py',
  base: {
    'pyproject.toml': '[project]\nname = "cart"\nversion = "0.1.0"\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
    '.gitignore': '__pycache__/\n.pytest_cache/\n',
    'cart.py': 'def total(items):\n    return sum(items)\n',
    'tests/test_cart.py': 'from cart import total\n\n\ndef test_adds():\n    assert total([1, 2]) == 3\n',
  },
  changed: {
    'cart.py':
      'def total(items, limit):\n    whole = sum(items)\n    if whole > limit:\n        return limit\n    return whole\n',
    'tests/test_cart.py':
      'from cart import total\n\n\ndef test_adds():\n    assert total([1, 2], 9) == 3\n\n\ndef test_limits():\n    assert total([1, 2], 2) == 2\n',
  },
  place: 'cart.py:3:14',
};

const HEAD = "import assert from 'node:assert';\nimport test from 'node:test';\nimport { total } from './cart.js';\n";

const NODE: Project = {
  source: 'cart.js',
  test: 'cart.test.js',
  base: {
    'package.json': '{ "name": "cart", "type": "module", "scripts": { "test": "node --test" } }',
    'cart.js': 'export function total(a, b) {\n  return a + b;\n}\n',
    'cart.test.js': `${HEAD}test('adds', () => assert.equal(total(1, 2), 3));\n`,
  },
  changed: {
    'cart.js':
      'export function total(a, b, limit) {\n  const whole = a + b;\n  if (whole > limit) return limit;\n  return whole;\n}\n',
    'cart.test.js': `${HEAD}test('adds', () => assert.equal(total(1, 2, 9), 3));\ntest('limits', () => assert.equal(total(1, 2, 2), 2));\n`,
  },
  place: 'cart.js:3:13',
};

const REASON = 'at the limit both branches give the limit';

function changedIn(project: Project): Repository {
  const repository = createWork(project.base);
  repository.write(project.changed);
  return repository;
}

async function run(dir: string, command: string, ...argv: string[]): Promise<Verdict> {
  return readVerdict(await runCli(dir, [command, '--json', ...argv]));
}

function survivorIn(verdict: Verdict): string {
  const [id = ''] = /m-[0-9a-f]+/.exec(verdict.check('mutation').details.join('\n')) ?? [];
  return id;
}

function hasPytest(): boolean {
  try {
    execFileSync('python3', ['-m', 'pytest', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not on this machine.
    return false;
  }
}

const PROJECTS: readonly (readonly [string, Project])[] = [
  ['node:test', NODE],
  ...(hasPytest() ? [['pytest', PYTHON] as const] : []),
];

describe.each(PROJECTS)('a change from its mutants to its gate, by %s', (_, project) => {
  const { source, place } = project;

  test('a survivor fails, is tried again, waived, and passes the gate until its code changes', async () => {
    const { dir, path, write } = changedIn(project);
    const first = await run(dir, 'mutate');
    const id = survivorIn(first);
    expect([first.status, first.result.mutation?.survived]).toEqual([1, 1]);
    expect(first.check('mutation').details[0]).toContain(`${place} \`>\` → \`>=\` survived: 2 tests ran this`);
    expect(first.envelope.next_actions[0]).toEqual({
      command: `downforce mutate --only ${id}`,
      description: `Strengthen ${project.test} until it notices ${source}:3, then try this mutant again.`,
    });
    const again = await run(dir, 'mutate', '--only', id);
    expect([again.status, again.result.mutation?.total, survivorIn(again)]).toEqual([1, 1, id]);
    expect((await runCli(dir, ['waive', id, '--reason', REASON, '--as', 'Ada'])).status).toBe(0);
    const waived = await run(dir, 'mutate');
    expect([waived.status, waived.result.mutation?.ignored]).toEqual([0, 1]);
    expect(waived.envelope.next_actions[0]?.command).toBe('downforce gate');
    const gated = await run(dir, 'gate');
    expect([gated.status, gated.envelope.ok]).toEqual([0, true]);
    expect((await run(dir, 'gate', '--recorded')).status).toBe(0);
    write({ [source]: readFileSync(path(source), 'utf8').replace('whole > limit', '(whole) > limit') });
    const lapsed = await run(dir, 'mutate');
    expect(lapsed.status).toBe(1);
  });

  test('the whole is in the report, in the public schema and on a page', async () => {
    const { dir, path } = changedIn(project);
    const { result } = await run(dir, 'mutate');
    const full = JSON.parse(readFileSync(path('.downforce/reports/mutate.json'), 'utf8'));
    const document = JSON.parse(readFileSync(path('.downforce/reports/mutation.json'), 'utf8'));
    const { mutants } = full.result.checks[0];
    expect(mutants).toHaveLength(document.files[source].mutants.length);
    expect(mutants.length).toBeGreaterThanOrEqual(result.mutation?.total ?? 99);
    expect(document.files[source].source).toBe(project.changed[source]);
    expect(existsSync(path('.downforce/reports/mutation.html'))).toBe(true);
    await run(dir, 'mutate', '--only', mutants[0].id);
    expect(JSON.parse(readFileSync(path('.downforce/reports/mutation.json'), 'utf8'))).toEqual(document);
  });

  test('parts find what the whole finds', async () => {
    const { dir } = changedIn(project);
    const whole = await run(dir, 'mutate', '--no-cache');
    const files: string[] = [];
    for (const index of [1, 2, 3]) {
      const { result } = await run(dir, 'mutate', '--no-cache', '--shard', `${index}/3`);
      expect(result.mutation?.total).toBeLessThan(whole.result.mutation?.total ?? 0);
      files.push(`.downforce/reports/mutate-${index}-of-3.json`);
    }
    const merged = await run(dir, 'merge', ...files);
    expect([merged.status, merged.result.mutation]).toEqual([1, whole.result.mutation]);
    expect(survivorIn(merged)).toBe(survivorIn(whole));
    const explained = await runCli(dir, ['explain', survivorIn(merged), '--format', 'text']);
    expect(explained.stdout).toContain('`>` → `>=` (comparison-boundary)');
  });
});
