import type { Equivalence } from './mutation/equivalence.ts';
import type { MutableReader } from './mutation/mutable.ts';
import type { SchemataWriter } from './mutation/schemata.ts';
import type { Grammars, Tree } from './ports.ts';

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

/** A suppression that is syntax, not a comment: `as any`, `#[allow(dead_code)]`, `@SuppressWarnings("all")`. */
export interface Marker {
  readonly tool: string;
  /** The rule it silences, `*` for all. */
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/** One statement without those nested in it. */
export interface Statement {
  readonly form: string;
  readonly start: number;
}

/** What a full parse of one file says. Offsets are UTF-16 indices, end exclusive. */
export interface Analysis {
  /** In order; `text` with its delimiters. */
  readonly comments: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly markers: readonly Marker[];
  /** Qualified name of the innermost definition around an offset (`Cart.total`); empty at the top level. */
  symbolAt(offset: number): string;
  /** Equal for two texts that differ in nothing that runs: no comments, formatting, types or names of local bindings. */
  readonly runtimeForm: string;
  /**
   * The same of what tests run: of a file its tests without those that are skipped or empty, of a source that holds
   * tests inside (Rust) those alone, which its `runtimeForm` then leaves out.
   */
  readonly testForm?: string;
  /** The statements that a form is made of, in order, with the names of the module's own definitions left as they are. */
  statements?(form: 'runtime' | 'test'): readonly Statement[];
  /** Why (a part of) the file could not be parsed; its other answers are then not the whole. */
  readonly unanalysed?: string;
}

/** Never throws. */
export type Analyser = (path: string, text: string) => Analysis;

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
  /**
   * Loads an exact reading of references by full parse, where `extract` may name too many (a `require` in a comment)
   * or cannot see through an alias. Without it `extract` is exact.
   */
  openExact?(): Promise<(path: string, text: string) => Extraction>;
  /** Loads the full parser, for the few files that a guard looks at closely. */
  openAnalyser?(grammars: Grammars): Promise<Analyser>;
  /** Loads the parser that says what can be mutated. */
  openMutables?(grammars: Grammars): Promise<MutableReader>;
  /** Loads what writes all mutants of a file into one text. */
  openSchemata?(): Promise<SchemataWriter>;
  /** Loads what sees that a mutant is the same program. */
  openEquivalence?(): Promise<Equivalence>;
  createResolver(tree: Tree): Resolver;
  /** Throws nothing: a broken manifest yields a project with what could be read. */
  findProjects(tree: Tree): readonly Project[];
}
