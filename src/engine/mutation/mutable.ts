/** Half-open, in UTF-16 indices of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The smallest piece of syntax around a change that can be exchanged as a whole while the program runs: an expression
 * (for a conditional expression of both forms) or a statement (for an `if` around it).
 */
export interface Exchange extends Span {
  readonly form: 'expression' | 'statement';
}

interface Common extends Span {
  readonly exchange: Exchange;
  /** Qualified name of the innermost definition around it (`Cart.total`); empty at the top level. */
  readonly symbol: string;
  /** Evaluated while its module is loaded, not when a function is called. */
  readonly atLoad: boolean;
}

/** What a condition decides. `guard` is Go's, Rust's and Python's `case … if`. */
export type ConditionOf = 'if' | 'while' | 'for' | 'do' | 'ternary' | 'guard';

/** Whose body a block is. */
export type BlockOf = 'function' | 'if' | 'else' | 'loop' | 'try' | 'catch' | 'finally' | 'case' | 'other';

/**
 * One place of a syntax tree as operators see it: the same words for all languages, the language's own text in the
 * spans. A node may give several: a condition that is a comparison is a `condition` and a `binary`. Types, declarations
 * without effect, decorators, imports, directives and what only the compiler reads give none.
 */
export type Mutable = Common &
  (
    | { readonly kind: 'binary'; readonly operator: Span; readonly left: Span; readonly right: Span }
    /** Short-circuit: `&&`, `||`, `??`, `and`, `or`. */
    | { readonly kind: 'logical'; readonly operator: Span; readonly left: Span; readonly right: Span }
    /** `!`, `not`, `-`, `+`, `~`, `^` before an operand. */
    | { readonly kind: 'unary'; readonly operator: Span; readonly operand: Span }
    /** `i++`, `--i`; `value` is whether its value is used. */
    | { readonly kind: 'update'; readonly operator: Span; readonly operand: Span; readonly value: boolean }
    /** `a += b`, the operator with its `=`. Plain assignments are `statement`s. */
    | { readonly kind: 'assignment'; readonly operator: Span; readonly target: Span; readonly value: Span }
    /** The condition without its parentheses. */
    | { readonly kind: 'condition'; readonly of: ConditionOf }
    | { readonly kind: 'number' }
    /** With its delimiters; `content` is what lies between them. Template and f-strings with holes included. */
    | { readonly kind: 'string'; readonly content: Span; readonly holes: boolean }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    /** A list, map, set or tuple written out. `content` is what lies between its brackets. */
    | {
        readonly kind: 'collection';
        readonly of: 'list' | 'map' | 'set' | 'tuple';
        readonly elements: readonly Span[];
        readonly content: Span;
      }
    /** `receiver.name(…)`, `name(…)`, `new Name(…)`, a macro. `callee` is all before the argument list. */
    | {
        readonly kind: 'call';
        readonly callee: Span;
        readonly name: Span;
        readonly receiver: Span | undefined;
        readonly arguments: readonly Span[];
        readonly isNew: boolean;
      }
    /** `value` is undefined for a bare `return`; `implied` for one without the word: an arrow's body, Rust's tail. */
    | { readonly kind: 'return'; readonly value: Span | undefined; readonly implied: boolean }
    /**
     * One whole statement, its `;` included. `call` is an expression statement that only calls; `throw` covers raise, panic!
     * and Go's panic(…). `removable`: the program still compiles and means something without it (no declaration of a
     * name that is used later, no terminating `return` of a typed function).
     */
    | {
        readonly kind: 'statement';
        readonly of:
          | 'call'
          | 'assignment'
          | 'throw'
          | 'return'
          | 'jump'
          | 'delete'
          | 'declaration'
          | 'compound'
          | 'other';
        readonly removable: boolean;
      }
    /** Without its braces; for Python the indented lines. `statements` counts those directly in it. */
    | { readonly kind: 'block'; readonly of: BlockOf; readonly statements: number; readonly emptiable: boolean }
    /** `await x`, `x.await`; `operand` is x. */
    | { readonly kind: 'await'; readonly operand: Span }
    /** The `?.` of a chain. */
    | { readonly kind: 'optional-chain'; readonly operator: Span }
    /** `x[a:b]`, `&x[a..b]`; a bound that is not written is undefined. */
    | { readonly kind: 'slice'; readonly from: Span | undefined; readonly to: Span | undefined }
    /** Rust's `a..b` and `a..=b`; Python's range is a call. */
    | { readonly kind: 'range'; readonly operator: Span }
    /** The default of a parameter. */
    | { readonly kind: 'default'; readonly value: Span }
  );

/** One text for another in one place. */
export interface Edit extends Span {
  readonly text: string;
}

/** What an operator may know of a language beyond the tree. */
export interface Spelling {
  readonly language: 'typescript' | 'javascript' | 'python' | 'go' | 'rust' | 'java';
  readonly true: string;
  readonly false: string;
  readonly null: string;
  readonly not: (text: string) => string;
  readonly and: string;
  readonly or: string;
  /** A statement that does nothing. */
  readonly nothing: string;
}

/** Everything mutable of one file, outer ones first. */
export interface MutableFile {
  readonly spelling: Spelling;
  readonly mutables: readonly Mutable[];
  /** Why (a part of) the file could not be parsed. */
  readonly unanalysed?: string;
}

/** Never throws. */
export type MutableReader = (path: string, text: string) => MutableFile;
