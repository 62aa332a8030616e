import type { Tree } from './ports.ts';

export type LanguageId = 'typescript' | 'python' | 'go' | 'rust' | 'java';
export type Ecosystem = 'npm' | 'pypi' | 'go' | 'crate' | 'maven';

export type ReferenceKind =
  | 'static' // import declarations, `use`, `mod`
  | 'reexport'
  | 'dynamic' // import(), importlib.import_module, __import__
  | 'require'
  | 'implicit'; // no statement names it: same package, parent __init__

/** One place where a file names another module. Offsets are UTF-16 indices into the text, end exclusive. */
export interface Reference {
  /** As written; undefined where it is computed at run time. A `*` stands for computed parts where `glob` is set. */
  readonly specifier: string | undefined;
  readonly glob?: boolean;
  readonly kind: ReferenceKind;
  readonly typeOnly: boolean;
  readonly start: number;
  readonly end: number;
  /** Names taken from the module, where the syntax says (Python's `from m import a`, Rust's `use`). */
  readonly names?: readonly string[];
}

export interface Extraction {
  readonly references: readonly Reference[];
  /** Why the file could not be fully read; what it imports is then unknown. */
  readonly unanalysed?: string;
}

export type Resolution =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'package'; readonly ecosystem: Ecosystem; readonly name: string; readonly subpath: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'unresolved' };

export interface Resolver {
  /** Sure answers only: what may be any file is `unresolved`. `from` is the importing file. */
  resolve(from: string, reference: Reference): Resolution;
}

/** A unit that its ecosystem builds or publishes on its own: a package, crate, module. Becomes a scope. */
export interface Project {
  readonly name: string;
  /** Folder relative to the root; empty for the root itself. */
  readonly root: string;
  readonly manifest: string;
  readonly language: LanguageId;
  /** Names of other projects as the manifest has them; those outside the repository are ignored. */
  readonly dependsOn: readonly string[];
  /** Third-party packages the manifest declares, for `boundary/undeclared`. */
  readonly declares: readonly string[];
}

export interface Language {
  readonly id: LanguageId;
  /** Whether a file is source text of this language. */
  matches(path: string): boolean;
  /** Files other than sources whose content changes how imports resolve (tsconfig.json, package.json, go.mod …). */
  isLayout(path: string): boolean;
  /** Loads what `extract` needs (WebAssembly); to be awaited once before it. */
  readonly ready?: () => Promise<void>;
  /** Pure and cheap; never throws. The result is cached under the text's digest. */
  extract(path: string, text: string): Extraction;
  createResolver(tree: Tree): Resolver;
  /** Throws nothing: a broken manifest yields a project with what could be read. */
  findProjects(tree: Tree): readonly Project[];
}
