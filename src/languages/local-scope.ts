/** Names bound in one place of a program. All are declared before the first is resolved. */
export class LocalScope {
  readonly #parent: LocalScope | undefined;
  readonly #tokens = new Map<string, string | undefined>();
  readonly #foreign = new Set<string>();
  #numbers: ReadonlyMap<string, string> | undefined;
  #base = 0;

  constructor(parent?: LocalScope) {
    this.#parent = parent;
  }

  get parent(): LocalScope | undefined {
    return this.#parent;
  }

  /** @param token what stands for the name wherever it is used; without one, a number. */
  declare(name: string, token?: string): void {
    if (!this.#tokens.has(name) || token !== undefined) this.#tokens.set(name, token);
  }

  /** The name is bound further out although it is assigned here (Python's `global`, `nonlocal`). */
  disown(name: string): void {
    this.#foreign.add(name);
  }

  /** What stands for a name; undefined where nothing in sight declares it. */
  resolve(name: string): string | undefined {
    if (this.#tokens.has(name) && !this.#foreign.has(name)) return this.#own().get(name);
    return this.#parent?.resolve(name);
  }

  /**
   * Bindings are numbered by level (de Bruijn 1972): what encloses a scope is counted before it, what stands beside
   * it is not, so that a new local in one function renumbers nothing in the next.
   */
  #own(): ReadonlyMap<string, string> {
    if (this.#numbers !== undefined) return this.#numbers;
    this.#base = this.#parent === undefined ? 0 : this.#parent.#end();
    let next = this.#base;
    this.#numbers = new Map([...this.#tokens].map(([name, token]) => [name, token ?? `§${next++}`]));
    return this.#numbers;
  }

  #end(): number {
    this.#own();
    return this.#base + [...this.#tokens.values()].filter((token) => token === undefined).length;
  }
}
