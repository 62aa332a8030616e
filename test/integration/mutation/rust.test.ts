import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MutantRun } from '../../../src/engine/mutation/mutant-runner.ts';
import { treeHash } from './tree-hash.ts';
import { bruteForce, type Fate, type PlannedMutant, repositoryOf, trial } from './trial.ts';

const HAS_CARGO = spawnSync('cargo', ['--version']).status === 0;
const dirs: string[] = [];
const usual = process.env['XDG_CACHE_HOME'];

beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = mkdtempSync(join(tmpdir(), 'downforce-cache-'));
});

afterAll(() => {
  rmSync(process.env['XDG_CACHE_HOME'] ?? '', { recursive: true, force: true });
  if (usual === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = usual;
});

afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function project(files: Readonly<Record<string, string>>): string {
  const dir = repositoryOf({ '.gitignore': 'target\nCargo.lock\n', ...files });
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
  return status === 'survived' || status === 'no-coverage' ? 'survived' : 'killed';
}

const LIB = `#![deny(warnings)]
#![forbid(unsafe_code)]
//! Twice as much.
//!
//! \`\`\`
//! assert_eq!(trouble::twice(4), 8);
//! \`\`\`

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

static COUNT: AtomicU32 = AtomicU32::new(5);
const SIZE: usize = 3;

pub fn twice(n: i32) -> i32 {
    n * 2
}

pub const fn area(w: usize, h: usize) -> usize {
    w * h
}

pub fn table() -> &'static Vec<usize> {
    static TABLE: OnceLock<Vec<usize>> = OnceLock::new();
    TABLE.get_or_init(|| (0..SIZE).map(|i| i * 10).collect())
}

pub fn bump() -> u32 {
    COUNT.fetch_add(1, Ordering::SeqCst) + 1
}

pub fn clamp(n: i64, limit: i64) -> i64 {
    if n > limit {
        return limit;
    } else if n < 0 {
        return 0;
    }
    n
}

pub fn count(mut n: u32) -> u32 {
    let mut total = 0;
    while n > 0 {
        total += 1;
        n -= 1;
    }
    total
}

pub fn spin(n: u32) -> u32 {
    let mut i = 0;
    let mut steps = 0;
    while i < n {
        i += 1;
        steps = steps.max(i);
    }
    steps
}

pub fn quit(code: i32) {
    if code > 100 {
        std::process::exit(3);
    }
}

pub fn sum_in_threads(n: usize) -> usize {
    let total = Mutex::new(0);
    std::thread::scope(|scope| {
        for i in 0..n {
            let total = &total;
            scope.spawn(move || {
                *total.lock().unwrap() += i + 1;
            });
        }
    });
    total.into_inner().unwrap()
}

pub fn must(n: i32) -> i32 {
    if n < 0 {
        panic!("negative");
    }
    n
}

#[derive(Debug, PartialEq)]
pub enum Kind {
    Small(u8),
    Large { size: usize, name: String },
}

pub fn kind(size: usize, name: &str) -> Result<Kind, String> {
    match size {
        0 => Err(format!("{name} is empty")),
        n if n < 10 => Ok(Kind::Small(n as u8)),
        _ => Ok(Kind::Large { size, name: name.to_string() }),
    }
}

pub fn group<'a, T: AsRef<str>>(words: &'a [T]) -> HashMap<char, Vec<&'a str>> {
    let mut groups: HashMap<char, Vec<&str>> = HashMap::new();
    for word in words {
        let Some(first) = word.as_ref().chars().next() else {
            continue;
        };
        groups.entry(first).or_default().push(word.as_ref());
    }
    groups
}

pub fn unused(a: i32, b: i32) -> i32 {
    a - b
}

macro_rules! double {
    ($e:expr) => {
        $e + $e
    };
}

pub fn through_macro(n: i32) -> i32 {
    double!(n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clamps() {
        assert_eq!(clamp(5, 10), 5);
        assert_eq!(clamp(11, 10), 10);
        assert_eq!(clamp(-1, 10), 0);
    }

    #[test]
    fn counts() {
        assert_eq!(count(3), 3);
        assert_eq!(spin(3), 3);
    }

    #[test]
    #[should_panic(expected = "negative")]
    fn panics() {
        must(-1);
    }

    #[test]
    fn bumps() {
        assert!(bump() > 5);
    }

    #[test]
    fn fills_table() {
        assert_eq!(table().len(), 3);
    }

    #[test]
    fn reads_table() {
        assert_eq!(table()[2], 20);
    }

    #[test]
    fn stays() {
        quit(1);
    }
}
`;

const INTEGRATION = `use trouble::{group, kind, sum_in_threads, through_macro, Kind};

#[test]
fn kinds() {
    assert_eq!(kind(3, "a"), Ok(Kind::Small(3)));
    assert_eq!(kind(10, "b"), Ok(Kind::Large { size: 10, name: "b".into() }));
    assert!(kind(0, "c").is_err());
}

#[test]
fn threads() -> Result<(), String> {
    if sum_in_threads(3) != 6 {
        return Err("sum".into());
    }
    Ok(())
}

#[test]
fn groups() {
    assert_eq!(group(&["ab", "ac", ""]).get(&'a').map(Vec::len), Some(2));
}

#[test]
fn macros() {
    assert_eq!(through_macro(1), 4);
}
`;

const OTHER = `/// Uses the other crate.
pub fn quadruple(n: i32) -> i32 {
    trouble::twice(trouble::twice(n))
}

#[test]
fn quadruples() {
    assert_eq!(quadruple(1), 4);
}
`;

const FILES = {
  'Cargo.toml': '[workspace]\nmembers = ["trouble", "other"]\nresolver = "2"\n',
  'trouble/Cargo.toml': '[package]\nname = "trouble"\nversion = "0.1.0"\nedition = "2021"\n',
  'trouble/src/lib.rs': LIB,
  'trouble/tests/outside.rs': INTEGRATION,
  'other/Cargo.toml':
    '[package]\nname = "other"\nversion = "0.1.0"\nedition = "2018"\n\n[dependencies]\ntrouble = { path = "../trouble" }\n',
  'other/src/lib.rs': OTHER,
};

const at = (find: string, replace: string, more: Partial<PlannedMutant> = {}): PlannedMutant => ({
  path: 'trouble/src/lib.rs',
  find,
  replace,
  ...more,
});
const statement = { form: 'statement' } as const;

describe.skipIf(!HAS_CARGO)('mutants tried in one build of cargo', () => {
  it('have the fate of brute force', async () => {
    const dir = project(FILES);
    const before = treeHash(dir);
    const expected: readonly (readonly [PlannedMutant, string])[] = [
      [at('n * 2', 'n + 2'), 'killed'],
      [at('n * 2', 'n * 3'), 'killed'],
      [at('w * h', 'w + h'), 'survived'],
      [at('i * 10', 'i / 10'), 'killed'],
      [at('usize = 3', 'usize = 4', { atLoad: true }), 'killed'],
      [at('5', '6', { atLoad: true }), 'survived'],
      [at('COUNT.fetch_add(1, Ordering::SeqCst) + 1', 'COUNT.fetch_add(1, Ordering::SeqCst) + 9'), 'survived'],
      [at('n > limit', 'n >= limit'), 'survived'],
      [at('n > limit', 'n < limit'), 'killed'],
      [at('return limit;', '{}', statement), 'killed'],
      [at('n < 0', 'false'), 'killed'],
      [at('{\n        return 0;\n    }', '{}'), 'killed'],
      [at('total += 1;', 'total -= 1;', statement), 'killed'],
      [at('i += 1;', 'i *= 1;', statement), 'timeout'],
      [at('i < n', 'i <= n'), 'killed'],
      [at('code > 100', 'code < 100'), 'killed'],
      [at('i + 1', 'i - 1'), 'killed'],
      [at('panic!("negative");', '{}', statement), 'killed'],
      [at('"negative"', '"positive"'), 'killed'],
      [at('n < 10', 'n <= 10'), 'killed'],
      [at('Err(format!("{name} is empty"))', 'Ok(Kind::Small(0))'), 'killed'],
      [at('format!("{name} is empty")', 'String::new()'), 'survived'],
      [at('continue;', 'break;', statement), 'survived'],
      [at('groups.entry(first).or_default().push(word.as_ref());', '{}', statement), 'killed'],
      [at('a - b', 'a + b'), 'no-coverage'],
      [at('n + 1', 'n - 1'), 'killed'],
      [at('name.to_string()', 'name'), 'compile-error'],
      [at('-> i32 {\n    n * 2\n}', '-> i32 {\n    n * 4\n}', statement), 'killed'],
    ];
    const planned = expected.map(([mutant]) => mutant);
    const statuses = statusesOf(await trial(dir, planned, { tool: 'cargo-test' }), planned.length);
    expect(treeHash(dir)).toBe(before);
    expect(statuses).toEqual(expected.map(([, status]) => status));
    const truth = await bruteForce(dir, planned, { tool: 'cargo-test', timeoutMs: 60_000 });
    expect(statuses.map(fateOf)).toEqual(truth.map((fate) => (fate === 'survived' ? fate : 'killed')));
  }, 1_800_000);
});
