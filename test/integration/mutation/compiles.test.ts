import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Edit, Mutable, Spelling } from '../../../src/engine/mutation/mutable.ts';
import { mutate } from '../../../src/engine/mutation/mutant.ts';
import { readMutables } from '../../unit/languages/mutables.ts';

const dir = mkdtempSync(join(tmpdir(), 'downforce-compiles-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const has = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

const GO = `package p

import (
	"errors"
	"fmt"
	str "strings"
)

type T struct{ a, b int }

func value(a int) (int, error) {
	if a > 1 {
		return 1, errors.New("a")
	}
	switch {
	case a == 1:
		return 2, nil
	case a == 0:
		fmt.Print(a)
		break
	default:
		panic("x")
	}
	for i := 0; i < a; i++ {
		if i > 1 {
			continue
		}
		a--
		continue
	}
	return a, nil
}

func ends(a int) int {
	switch a {
	case 1:
		return 1
	default:
		panic("x")
	}
}

func either(a int) int {
	if a > 1 {
		return 1
	} else if a > 2 {
		a = 2
		return 2
	} else {
		for {
			if a > 3 {
				return a
			}
			a++
		}
	}
}

func void(t *T, c chan int) {
	defer close(c)
	x, err := value(1)
	if err != nil {
		fmt.Println(err)
		return
	}
	t.a = x
	y := 1
	y = 2
	t.b += y
	for _, s := range str.Split("a", "") {
		fmt.Println(s)
	}
outer:
	for {
		for {
			break outer
		}
	}
	switch v := any(t).(type) {
	case int:
		fmt.Println(v)
	case string:
		fmt.Println("v")
	}
	select {
	case z := <-c:
		fmt.Println(z)
	case c <- 1:
	}
	_ = func() int { return ends(1) }
	_, _ = value(2)
	go func() { either(1) }()
	if t := t.a; t > 1 {
		return
	}
}
`;

const RUST = `
pub fn value(a: u8) -> Result<u8, String> {
    let b;
    if a > 1 { b = 1; } else { b = 2; }
    if a > 3 { return Err("a".to_string()); }
    let Some(c) = a.checked_add(b) else { return Err("b".to_string()); };
    let mut d = match c { 1 => { print(1); 2 } 2 => return Ok(1), 3 => { panic!("x"); } _ => 4 };
    match d { 1 => print(1), 2 => { print(2); print(3) } 3 => return Ok(2), _ => {} }
    while d > 4 { d -= 1; if d == 5 { continue; } if d == 4 { break; } print(d); continue; }
    for i in 0..d { print(i) }
    let mut e = vec![1u8, 2];
    e.push(d);
    let _ = checked(d);
    checked(d)?;
    e[0] = 3;
    unsafe { raw() }
    let f = |x: u8| { print(x); };
    f(1);
    let g = |x: u8| { print(x); x };
    Ok(g(e[0]) + picks(d) + ends(d))
}

fn picks(a: u8) -> u8 {
    if a > 1 { print(a); 1 } else if a > 2 { return 2; } else { unreachable!() }
}

fn ends(a: u8) -> u8 {
    loop { if a > 1 { return 1; } if a > 2 { break; } print(a); }
    return later();
    fn later() -> u8 { 3 }
}

fn checked(a: u8) -> Result<(), String> {
    if a > 1 { return Ok(()); }
    print(a);
    if a > 2 { Err(String::new()) } else { Ok(()) }
}

fn print(a: u8) { println!("{}", a); if a > 1 { return; } std::mem::drop(a) }
unsafe fn raw() {}
`;

const JAVA = `
import java.io.*;
import java.util.*;
import java.util.function.*;

class A {
    static final int B;
    final int c;
    int d = 1;
    static { B = 1; System.out.println(B); }
    { d = 2; }
    A(int c) { super(); this.c = c; this.d = c; }
    A() { this(1); print(); }

    void print() { System.out.println(c); if (d > 1) return; d++; }

    int value(int a) throws IOException {
        int x;
        if (a > 1) { x = 1; print(); } else { throw new IllegalStateException("a"); }
        int y = 1;
        try { read(); read(); } catch (IOException e) { y = 2; } finally { print(); }
        try { read(); } catch (FileNotFoundException e) { return 2; }
        try { print(); } catch (IllegalStateException e) { throw e; }
        while (true) { if (a > 2) break; a++; }
        for (;;) { if (a > 3) return 1; print(); }
    }

    int pick(Integer a) {
        switch (a) { case 1: print(); break; case 2: return 3; default: print(); break; }
        switch (a) { case 1 -> print(); case 2 -> { print(); return 4; } default -> throw new IllegalStateException(); }
        int z = switch (a) { case 1 -> 2; case 2 -> { print(); yield 3; } default -> throw new IllegalStateException(); };
        synchronized (this) { if (z > 1) { return z; } else { print(); return 5; } }
    }

    int ends(int a) {
        switch (a) { case 1: return 1; default: throw new IllegalStateException(); }
    }

    int loops(List<Integer> all) {
        int sum = 0;
        for (int one : all) { if (one > 1) continue; sum += one; if (sum > 4) break; print(); continue; }
        do { sum--; } while (sum > 5);
        Supplier<Integer> s = () -> { print(); return 1; };
        Function<Integer, Integer> f = x -> { if (x > 1) return 1; throw new IllegalStateException(); };
        Runnable r = () -> { print(); };
        Runnable t = () -> { throw new IllegalStateException(); };
        r.run();
        assert sum > 1;
        return s.get() + f.apply(1) + ends(sum);
    }

    void read() throws IOException { if (d > 1) throw new FileNotFoundException(); }
}
`;

/** Everything that is said to be left out without harm, each alone. */
async function withouts(path: string, text: string): Promise<readonly string[]> {
  const { mutables, spelling } = await readMutables(path, text);
  return mutables.flatMap((mutable) => without(mutable, spelling)).map((edit) => mutate(text, edit));
}

function without(mutable: Mutable, { nothing }: Spelling): readonly Edit[] {
  const { start, end } = mutable;
  if (mutable.kind === 'statement' && mutable.removable) return [{ start, end, text: nothing }];
  return mutable.kind === 'block' && mutable.emptiable ? [{ start, end, text: '' }] : [];
}

function write(path: string, text: string): void {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), text);
}

function complaints(program: string, args: readonly string[], at: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: join(dir, at),
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off' },
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

it.skipIf(!has('go', 'version'))('Go compiles without what may be left out', async () => {
  const texts = await withouts('a.go', GO);
  expect(texts.length).toBeGreaterThan(25);
  write('go/go.mod', 'module m\n\ngo 1.20\n');
  for (const [index, text] of [GO, ...texts].entries()) write(`go/p${index}/a.go`, text);
  expect(complaints('go', ['build', './...'], 'go')).toBe('');
});

it.skipIf(!has('rustc', '--version'))('Rust compiles without what may be left out', async () => {
  const texts = await withouts('a.rs', RUST);
  expect(texts.length).toBeGreaterThan(40);
  const all = [RUST, ...texts];
  for (const [index, text] of all.entries()) write(`rust/m${index}.rs`, text);
  write('rust/lib.rs', all.map((_, index) => `pub mod m${index};`).join('\n'));
  const args = ['--edition', '2021', '--crate-type', 'lib', '--emit', 'metadata', '--cap-lints', 'allow', 'lib.rs'];
  expect(complaints('rustc', args, 'rust')).toBe('');
});

it.skipIf(!has('javac', '-version'))('Java compiles without what may be left out', async () => {
  const texts = await withouts('A.java', JAVA);
  expect(texts.length).toBeGreaterThan(40);
  const all = [JAVA, ...texts];
  for (const [index, text] of all.entries()) write(`java/p${index}/A.java`, `package p${index};${text}`);
  const files = all.map((_, index) => `p${index}/A.java`);
  expect(complaints('javac', ['-nowarn', '-proc:none', '-d', 'out', ...files], 'java')).toBe('');
});
