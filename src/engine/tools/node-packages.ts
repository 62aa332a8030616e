/** One call of a tool inside a package.json script, as far as it can be read without a shell. */
export interface ScriptCall {
  /** Name of the script that a person would run (`test`, `lint`). */
  readonly script: string;
  /** Words after the program, quotes removed; globs are not expanded. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface NodePackage {
  /** Folder relative to the root; empty for the root. */
  readonly dir: string;
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, string>>;
  readonly calls: readonly ScriptCall[];
  /** All kinds of dependencies, name → range. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Parsed package.json, for tool sections such as `jest` or `eslintConfig`. */
  readonly manifest: Readonly<Record<string, unknown>>;
}
