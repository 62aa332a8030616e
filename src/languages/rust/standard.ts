/** Names that the language and its standard library bring along. */

const CRATES = new Set(['std', 'core', 'alloc', 'proc_macro', 'test']);

const MACROS = new Set(
  `assert assert_eq assert_ne cfg column compile_error concat concat_idents dbg debug_assert debug_assert_eq
  debug_assert_ne env eprint eprintln file format format_args include include_bytes include_str is_x86_feature_detected
  line macro_rules matches module_path option_env panic print println stringify thread_local todo try unimplemented
  unreachable vec write writeln`.split(/\s+/),
);

/** Attributes of tools: `#[allow(clippy::x)]`. */
const TOOLS = new Set(['clippy', 'rustfmt', 'rustdoc', 'diagnostic', 'miri', 'rust_analyzer']);

const PRIMITIVES = new Set(
  'bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 f128 slice'.split(' '),
);

const BEFORE_PATH = new Set(
  'as box break const dyn else for if impl in let match move mut ref return unsafe where while yield'.split(' '),
);

/** Keywords behind which a path may begin with `::`. */
export function standsBeforePath(word: string): boolean {
  return BEFORE_PATH.has(word);
}

export function isBuiltinCrate(name: string): boolean {
  return CRATES.has(name);
}

export function isBuiltinMacro(name: string): boolean {
  return MACROS.has(name);
}

/** A head that is no module unless the file declares one of that name. */
export function isNoModule(name: string): boolean {
  return PRIMITIVES.has(name) || TOOLS.has(name);
}
