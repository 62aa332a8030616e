/** What a scan of one file finds, before names are looked up. */

/** A module of the file: the file's own, or an inline `mod x { … }` in it. */
export interface Scope {
  readonly parent: Scope | undefined;
  /** Names of the inline modules from the file's own module down to this one. */
  readonly path: readonly string[];
  /** Modules declared here, inline or as files. */
  readonly modules: Map<string, Scope | undefined>;
  /** Names brought in by `use` and `extern crate`. */
  readonly aliases: Map<string, RawPath>;
  /** What `use x::*` names. */
  readonly globs: RawPath[];
}

export interface RawPath {
  readonly segments: readonly string[];
  /** Written with a leading `::`. */
  readonly global: boolean;
}

export interface Leaf extends RawPath {
  readonly start: number;
  readonly end: number;
  readonly scope: Scope;
  /** `use` and `pub use` take a name; a path in code does not. */
  readonly via: 'use' | 'reexport' | 'code';
  readonly glob: boolean;
}

export interface ModDeclaration {
  readonly scope: Scope;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `#[path = "…"]`, and those that `cfg_attr` sets under a condition. */
  readonly files: readonly string[];
  /** All of the above are conditional: the file of the default name may or may not exist. */
  readonly conditional: boolean;
  readonly macroUse: boolean;
}

export interface Inclusion {
  readonly start: number;
  readonly end: number;
  /** Undefined where the argument is no literal. */
  readonly file: string | undefined;
}

export interface MacroCall {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface Facts {
  readonly root: Scope;
  readonly leaves: Leaf[];
  readonly declarations: ModDeclaration[];
  readonly inclusions: Inclusion[];
  /** Calls by bare name, first of each. */
  readonly macroCalls: Map<string, MacroCall>;
  /** Names of `macro_rules!` in the file. */
  readonly macros: Set<string>;
}

export function createScope(parent: Scope | undefined, name: string): Scope {
  const path = parent ? [...parent.path, name] : [];
  return { parent, path, modules: new Map(), aliases: new Map(), globs: [] };
}

export function createFacts(root: Scope): Facts {
  return { root, leaves: [], declarations: [], inclusions: [], macroCalls: new Map(), macros: new Set() };
}
