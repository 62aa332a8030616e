import { folderOf } from '../../engine/tools/folders.ts';

/** Name under which schemata know the crate; nobody else's. */
export const RUNTIME = 'downforce__';
export const MUTANT_VARIABLE = 'DOWNFORCE_MUTANT';
export const LOG_VARIABLE = 'DOWNFORCE_PLACES';
/** Names the folder that the runner script writes to. */
export const RUNS_VARIABLE = 'DOWNFORCE_RUNS';

/** So often nothing is run that ends. */
const FUEL = 50_000_000;

/** The crate that schemata call. With a mutant in force only its own place counts. Tests run in threads of their names. */
export const RUNTIME_TEXT = `use std::cell::RefCell;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

const UNKNOWN: u32 = u32::MAX;
static ACTIVE: AtomicU32 = AtomicU32::new(UNKNOWN);

thread_local! {
    static RUNS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Whether a mutant is in force; its place runs.
#[inline]
pub fn on(n: u32) -> bool {
    let active = ACTIVE.load(Ordering::Relaxed);
    if active != n && active != 0 && active != UNKNOWN {
        return false;
    }
    ran(n)
}

/// A place runs.
#[inline]
pub fn hit(n: u32) {
    on(n);
}

#[inline(never)]
fn ran(n: u32) -> bool {
    let mut active = ACTIVE.load(Ordering::Relaxed);
    if active == UNKNOWN {
        active = std::env::var("${MUTANT_VARIABLE}").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        ACTIVE.store(active, Ordering::Relaxed);
    }
    if active == 0 || active == n {
        let runs = RUNS.try_with(|runs| runs.try_borrow_mut().map_or(2, |mut runs| count(&mut runs, n as usize)));
        match runs {
            Ok(1) => write(&match std::thread::current().name() {
                Some(name) => format!("H {n} {name}"),
                None => format!("H {n}"),
            }),
            Ok(${FUEL}) => {
                write(&format!("O {n}"));
                if active != 0 {
                    eprintln!("downforce: endless");
                    std::process::exit(86);
                }
            }
            _ => {}
        }
    }
    active == n
}

fn count(runs: &mut Vec<u32>, n: usize) -> u32 {
    if runs.len() <= n {
        runs.resize(n + 1, 0);
    }
    runs[n] = runs[n].saturating_add(1);
    runs[n]
}

fn write(line: &str) {
    let Ok(path) = std::env::var("${LOG_VARIABLE}") else { return };
    if let Ok(mut file) = std::fs::OpenOptions::new().append(true).create(true).open(path) {
        let _ = file.write_all(format!("{line}\\n").as_bytes());
    }
}
`;

/** Stands before rustc for the crates of the workspace: they may call the runtime, and lints of theirs do not stop the build. */
export function wrapperText(library: string): string {
  return `#!/bin/sh
exec "$@" --cap-lints=allow --extern '${RUNTIME}=${library}' -L 'dependency=${folderOf(library)}'
`;
}

/** Stands before rustdoc, whose tests link what calls the runtime. */
export function rustdocText(library: string): string {
  return `#!/bin/sh
exec rustdoc "$@" --cap-lints=allow --extern '${RUNTIME}=${library}' -L 'dependency=${folderOf(library)}'
`;
}

/** Stands before a test binary: notes how cargo runs it, and gives it a log of its own. */
export const RUNNER_TEXT = `#!/bin/sh
dir="$${RUNS_VARIABLE}/$$"
mkdir "$dir"
pwd > "$dir/cwd"
env -0 > "$dir/env"
printf '%s\\n' "$@" > "$dir/args"
printf '\\n{"reason":"downforce-run","run":"%s"}\\n' "$$"
${LOG_VARIABLE}="$dir/places" exec "$@"
`;
