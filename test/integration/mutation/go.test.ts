import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { MutantRun } from '../../../src/engine/mutation/mutant-runner.ts';
import { treeHash } from './tree-hash.ts';
import { bruteForce, type Fate, type PlannedMutant, repositoryOf, trial } from './trial.ts';

const HAS_GO = spawnSync('go', ['version']).status === 0;
const dirs: string[] = [];

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>): string {
  const dir = repositoryOf({ 'go.mod': 'module example.com/trouble\n\ngo 1.21\n', ...files });
  dirs.push(dir);
  return dir;
}

function statusesOf(run: MutantRun, count: number): readonly string[] {
  if (run.kind !== 'ran') throw new Error(JSON.stringify(run));
  return Array.from({ length: count }, (_, index) => {
    const found = run.tries.find((result) => result.number === index + 1);
    return found === undefined ? 'no-coverage' : found.unsure === undefined ? found.status : `${found.status} unsure`;
  });
}

/** What brute force would call it. */
function fateOf(status: string): Fate {
  return status === 'survived' || status === 'no-coverage' || status === 'equivalent' ? 'survived' : 'killed';
}

/** The statuses, after brute force has said the same of each. */
async function proven(dir: string, planned: readonly PlannedMutant[]): Promise<readonly string[]> {
  const before = treeHash(dir);
  const statuses = statusesOf(await trial(dir, planned, { tool: 'go-test' }), planned.length);
  expect(treeHash(dir)).toBe(before);
  const truth = await bruteForce(dir, planned, { tool: 'go-test', timeoutMs: 20_000 });
  expect(statuses.map(fateOf)).toEqual(truth.map((fate) => (fate === 'survived' ? fate : 'killed')));
  return statuses;
}

const TROUBLE = `package trouble

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
)

var registry = map[string]int{}
var once sync.Once
var table []int
var Limit = 10

const Size = 3

type Level int

func init() {
	registry["a"] = 1
	registry["b"] = 2
}

func Lookup(name string) (int, bool) {
	n, ok := registry[name]
	return n, ok
}

func Table() []int {
	once.Do(func() {
		for i := 0; i < Size; i++ {
			table = append(table, i*2)
		}
	})
	return table
}

func Clamp(n int) int {
	if n > Limit {
		return Limit
	} else if n < 0 {
		return 0
	}
	return n
}

func Count(n int) int {
	total := 0
	for n > 0 {
		total++
		n--
	}
	return total
}

func Quit(code int) {
	if code > 100 {
		os.Exit(0)
	}
}

func Spread(n int) (sum int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			sum += 1
		}()
	}
	wg.Wait()
	return sum
}

func Describe(l Level, name string) (string, error) {
	if name == "" {
		return "", errors.New("no name")
	}
	switch {
	case l > 5:
		return strings.ToUpper(name), nil
	case l == 5:
		return name, nil
	}
	return fmt.Sprintf("%s-%d", name, l), nil
}

func Must(n int) int {
	if n < 0 {
		panic("negative")
	}
	return n
}

func Unused(a, b int) int {
	return a - b
}

func Max[T int | float64](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func Half(n int) int { return n / 2 }
`;

const TROUBLE_TEST = `package trouble

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if v, ok := Lookup("a"); !ok || v != 1 {
		panic("registry")
	}
	os.Exit(m.Run())
}

func TestLookup(t *testing.T) {
	if _, ok := Lookup("zz"); ok {
		t.Fatal("zz")
	}
}

func TestFirstTable(t *testing.T) { Table() }

func TestSecondTable(t *testing.T) {
	if got := Table(); len(got) != 3 || got[2] != 4 {
		t.Fatalf("table: %v", got)
	}
}

func TestClamp(t *testing.T) {
	for _, c := range []struct{ in, want int }{{5, 5}, {11, 10}, {-1, 0}} {
		c := c
		t.Run("case", func(t *testing.T) {
			t.Parallel()
			if got := Clamp(c.in); got != c.want {
				t.Errorf("Clamp(%d) = %d", c.in, got)
			}
		})
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	if Count(3) != 3 {
		t.Error("count")
	}
}

func TestQuit(t *testing.T) {
	t.Parallel()
	Quit(1)
}

func TestSpread(t *testing.T) {
	if Spread(3) != 3 {
		t.Error("spread")
	}
}

func TestMust(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Must(-1)
}

func TestHalf(t *testing.T) {
	if Half(4) != 2 {
		t.Error("half")
	}
}

func FuzzMax(f *testing.F) {
	f.Add(1, 2)
	f.Fuzz(func(t *testing.T, a, b int) {
		if m := Max(a, b); m < a || m < b {
			t.Error("max")
		}
	})
}
`;

const OUTSIDE_TEST = `package trouble_test

import (
	"fmt"
	"testing"

	"example.com/trouble"
)

func ExampleDescribe() {
	text, err := trouble.Describe(1, "a")
	fmt.Println(text, err)
	// Output: a-1 <nil>
}

func TestDescribe(t *testing.T) {
	if _, err := trouble.Describe(1, ""); err == nil {
		t.Error("no error")
	}
	if text, _ := trouble.Describe(6, "a"); text != "A" {
		t.Error(text)
	}
}
`;

const SUB = `package sub

import "example.com/trouble"

// Double is here for what it imports.
func Double(n int) int { return trouble.Clamp(n) * 2 }
`;
const SUB_TEST = `package sub

import "testing"

func TestDouble(t *testing.T) {
	if Double(10) != 20 {
		t.Error("double")
	}
}
`;

const FILES = {
  'trouble.go': TROUBLE,
  'trouble_test.go': TROUBLE_TEST,
  'outside_test.go': OUTSIDE_TEST,
  'sub/sub.go': SUB,
  'sub/sub_test.go': SUB_TEST,
};
const at = (find: string, replace: string, more: Partial<PlannedMutant> = {}): PlannedMutant => ({
  path: 'trouble.go',
  find,
  replace,
  ...more,
});
const statement = { form: 'statement' } as const;

describe.skipIf(!HAS_GO)('mutants tried in one build of Go', () => {
  it('have the fate of brute force', async () => {
    const dir = project(FILES);
    const expected: readonly (readonly [PlannedMutant, string])[] = [
      [at('n > Limit', 'n >= Limit'), 'survived'],
      [at('n > Limit', 'n < Limit'), 'killed'],
      [at('n < 0', 'n <= 0'), 'survived'],
      [at('n < 0', 'false'), 'killed'],
      [at('return Limit', 'return 0', statement), 'killed'],
      [at('registry["a"] = 1', '{}', { ...statement, atLoad: true }), 'killed'],
      [at('registry["b"] = 2', '{}', { ...statement, atLoad: true }), 'survived'],
      [at('10', '11', { atLoad: true }), 'killed'],
      [at('3', '4', { atLoad: true }), 'killed'],
      [at('i*2', 'i/2'), 'killed'],
      [at('i < Size', 'i <= Size'), 'killed'],
      [at('n--', 'n++', statement), 'timeout'],
      [at('n > 0', 'n >= 0'), 'killed'],
      [at('n > 0', 'true'), 'timeout'],
      [at('code > 100', 'code < 100'), 'killed'],
      [at('code > 100', 'code >= 100'), 'survived'],
      [at('wg.Add(1)', '{}', statement), 'killed'],
      [at('sum += 1', 'sum -= 1', statement), 'killed'],
      [at('sum += 1', 'panic("in a goroutine")', statement), 'killed'],
      [at('defer wg.Done()', '{}', statement), 'timeout'],
      [at('name == ""', 'name != ""'), 'killed'],
      [at('l > 5', 'l > 6'), 'killed'],
      [at('l == 5', 'l != 5'), 'killed'],
      [at('return name, nil', 'return "", nil', statement), 'no-coverage'],
      [at('"%s-%d"', '"%s+%d"'), 'killed'],
      [at('"no name"', '""'), 'survived'],
      [at('panic("negative")', '{}', statement), 'killed'],
      [at('a - b', 'a + b'), 'no-coverage'],
      [at('a > b', 'a < b'), 'killed'],
      [at('n / 2', 'n * 2'), 'killed'],
      [at('2 }', '0 }'), 'compile-error'],
      [at('return n, ok', 'return 0, ok', statement), 'killed'],
      [at('strings.ToUpper(name)', 'name'), 'compile-error'],
      [at('total++', 'total--', statement), 'killed'],
      [at('{\n\t\t\ttable = append(table, i*2)\n\t\t}', '{}', statement), 'killed'],
      [at('i := 0; i < n', 'i := 0; i < n && i < 2'), 'killed'],
      [at('code > 100', 'code + 0 > 100'), 'survived'],
    ];
    const statuses = await proven(
      dir,
      expected.map(([planned]) => planned),
    );
    expect(statuses).toEqual(expected.map(([, status]) => status));
  }, 900_000);

  it('have the same fate alone', async () => {
    const dir = project(FILES);
    const planned = [at('n > Limit', 'n >= Limit'), at('n < 0', 'false'), at('2 }', '0 }')];
    const run = await trial(dir, planned, { tool: 'go-test', mode: 'alone', tries: [1, 2, 3] });
    expect(statusesOf(run, 3)).toEqual(['survived', 'killed', 'compile-error']);
  }, 120_000);

  it('are judged by the packages of other modules of the workspace, and by Go as tests start it', async () => {
    const dir = project({
      'go.mod': 'module example.com/app\n\ngo 1.21\n',
      'go.work': 'go 1.21\n\nuse (\n\t.\n\t./lib\n)\n',
      'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
      'lib/lib.go': 'package lib\n\nfunc Twice(n int) int { return n * 2 }\n',
      'cmd/greet/main.go':
        'package main\n\nimport "fmt"\n\nfunc main() {\n\tif len(word()) > 2 {\n\t\tfmt.Print(word())\n\t}\n}\n\nfunc word() string { return "hello" }\n',
      'cmd/greet/main_test.go': `package main

import (
	"os"
	"os/exec"
	"testing"

	"example.com/lib"
)

func TestOutput(t *testing.T) {
	os.WriteFile("left-behind.txt", nil, 0o600)
	out, err := exec.Command("go", "run", ".").Output()
	if err != nil || string(out) != "hello" {
		t.Fatalf("%v: %s", err, out)
	}
}

func TestLib(t *testing.T) {
	if lib.Twice(2) != 4 {
		t.Error("twice")
	}
}
`,
    });
    const planned = [
      { path: 'cmd/greet/main.go', find: 'len(word()) > 2', replace: 'len(word()) < 2' },
      { path: 'cmd/greet/main.go', find: '"hello"', replace: '""' },
      { path: 'lib/lib.go', find: 'n * 2', replace: 'n + 2' },
      { path: 'lib/lib.go', find: 'n * 2', replace: 'n - 2' },
    ];
    const before = treeHash(dir);
    const statuses = statusesOf(await trial(dir, planned, { tool: 'go-test' }), 4);
    expect(statuses).toEqual(['killed', 'killed', 'survived', 'killed']);
    expect(treeHash(dir)).toBe(before);
  }, 300_000);

  it('are judged by a module that keeps what it holds to itself', async () => {
    const inner = 'example.com/lib/grpc/internal/test';
    const dir = project({
      'go.mod': 'module example.com/lib\n\ngo 1.21\n',
      'core/core.go': 'package core\n\nfunc Twice(n int) int { return n * 2 }\n',
      'grpc/internal/test/go.mod': `module ${inner}\n\ngo 1.21\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../../../\n`,
      'grpc/internal/test/twice_test.go':
        'package test\n\nimport (\n\t"testing"\n\n\t"example.com/lib/core"\n)\n\nfunc TestTwice(t *testing.T) {\n\tif core.Twice(2) != 4 {\n\t\tt.Error("twice")\n\t}\n}\n',
    });
    const planned = [
      { path: 'core/core.go', find: 'n * 2', replace: 'n + 2' },
      { path: 'core/core.go', find: 'n * 2', replace: 'n - 2' },
    ];
    expect(await proven(dir, planned)).toEqual(['survived', 'killed']);
  }, 120_000);

  it('are not tried where tests fail without them, and not by this way where nothing compiles', async () => {
    const source = { 'a.go': 'package a\n\nfunc A() int { return 1 }\n' };
    const test = (body: string): string => `package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) { ${body} }\n`;
    const planned = [{ path: 'a.go', find: '1', replace: '2' }];
    const red = project({ ...source, 'a_test.go': test('if A() == 1 { t.Error("red") }') });
    expect(await trial(red, planned, { tool: 'go-test' })).toMatchObject({ kind: 'red', tests: [{ name: 'TestA' }] });
    const broken = project({ ...source, 'a_test.go': test('undefined()') });
    expect((await trial(broken, planned, { tool: 'go-test' })).kind).toBe('unfit');
  }, 120_000);
});
