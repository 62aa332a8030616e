import type { Unit } from './account.ts';
import type { Calls } from './intercept.ts';
import { createNamer } from './report.ts';

type Callable = (...args: readonly unknown[]) => unknown;
type Options = Readonly<Record<string, unknown>>;

/** What happens to the tests of a round. */
export interface Director {
  /** All where undefined. */
  readonly selected: ReadonlySet<Unit> | undefined;
  /** A first failure was enough. */
  isOver(): boolean;
  timeoutOf(unit: Unit): number | undefined;
  onUnit(unit: Unit): void;
  onHook(kind: string): void;
  onFailure(unit: Unit): void;
}

/**
 * Keeps what a test file says to `node:test` while it is loaded, and says it again in each round, with the functions of its
 * tests and hooks wrapped.
 */
export class Registry implements Calls {
  /** Why the file's tests cannot be told apart. */
  unfit: string | undefined;
  readonly units = new Map<string, Unit>();
  private readonly file: string;
  private calls: (() => unknown)[] = [];
  private director: Director | undefined;
  private path: readonly string[] = [];
  private nameOf: (path: readonly string[]) => string;
  private isInUnit = false;
  private isReplaying = false;

  constructor(file: string) {
    this.file = file;
    this.nameOf = createNamer(file);
  }

  /** The file is loaded again: what it says from now on is kept in place of what it said. */
  forget(): void {
    this.calls = [];
    this.director = undefined;
    this.path = [];
    this.isInUnit = false;
  }

  /** To be called where Node takes what is registered for parts of a suite. */
  replay(director: Director): void {
    this.director = director;
    this.nameOf = createNamer(this.file);
    this.isInUnit = false;
    this.isReplaying = true;
    for (const call of this.calls) call();
    this.isReplaying = false;
  }

  test(real: Callable, args: readonly unknown[]): unknown {
    const { director } = this;
    if (director === undefined) return this.keep(() => this.test(real, args));
    if (this.isInUnit) return real(...args);
    // The next round would not have it.
    if (!this.isReplaying) this.unfit = 'a test is not known when the file is loaded';
    const { name, options, fn } = readArgs(args);
    const path = [...this.path, name];
    const unit = this.unitOf(path);
    if (director.selected !== undefined && !director.selected.has(unit))
      return real(name, { ...options, skip: true }, fn);
    const timeout = director.timeoutOf(unit);
    const limited = timeout === undefined ? options : { ...options, timeout: Math.min(timeout, limitOf(options)) };
    return real(name, limited, fn === undefined ? undefined : this.wrapUnit(unit, fn, director));
  }

  suite(real: Callable, args: readonly unknown[]): unknown {
    const { director } = this;
    if (director === undefined) return this.keep(() => this.suite(real, args));
    const { name, options, fn } = readArgs(args);
    if (this.isInUnit || fn === undefined) return real(...args);
    this.watchOptions(options);
    const path = [...this.path, name];
    if (director.selected !== undefined && ![...director.selected].some((unit) => isWithin(unit.path, path)))
      return real(name, { ...options, skip: true }, fn);
    const registry = this;
    return real(name, options, function (this: unknown, ...given: readonly unknown[]) {
      return registry.within(path, () => fn.apply(this, [...given]));
    });
  }

  hook(real: Callable, args: readonly unknown[], kind: string): unknown {
    const { director } = this;
    if (director === undefined) return this.keep(() => this.hook(real, args, kind));
    const [fn, ...rest] = args;
    if (this.isInUnit || typeof fn !== 'function') return real(...args);
    const wrapped = function (this: unknown, ...given: readonly unknown[]): unknown {
      director.onHook(kind);
      return Reflect.apply(fn, this, given);
    };
    return real(asLongAs(fn, wrapped), ...rest);
  }

  private keep(call: () => unknown): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }

  private unitOf(path: readonly string[]): Unit {
    const id = this.nameOf(path);
    const unit = this.units.get(id) ?? { id, path };
    this.units.set(id, unit);
    return unit;
  }

  private within(path: readonly string[], body: () => unknown): unknown {
    const outer = this.path;
    this.path = path;
    try {
      const result = body();
      if (isPromise(result)) this.unfit = 'a suite is asynchronous';
      return result;
    } finally {
      this.path = outer;
    }
  }

  private watchOptions({ concurrency }: Options): void {
    if (concurrency === true || (typeof concurrency === 'number' && concurrency > 1))
      this.unfit = 'tests run side by side';
  }

  /** Node tells functions that take a callback by their length. */
  private wrapUnit(unit: Unit, fn: Callable, director: Director): Callable {
    const registry = this;
    const fail = (): void => director.onFailure(unit);
    const wrapped = function (this: unknown, ...given: readonly unknown[]): unknown {
      const done = given[1];
      if (director.isOver()) return typeof done === 'function' ? done() : undefined;
      director.onUnit(unit);
      registry.isInUnit = true;
      const args = typeof done === 'function' ? [given[0], registry.wrapDone(done as Callable, fail)] : given;
      try {
        const result = fn.apply(this, [...args]);
        if (isPromise(result)) return registry.watch(result, fail);
        if (typeof done !== 'function') registry.isInUnit = false;
        return result;
      } catch (error) {
        registry.isInUnit = false;
        fail();
        throw error;
      }
    };
    return asLongAs(fn, wrapped);
  }

  private async watch(result: PromiseLike<unknown>, fail: () => void): Promise<unknown> {
    try {
      return await result;
    } catch (error) {
      fail();
      throw error;
    } finally {
      this.isInUnit = false;
    }
  }

  private wrapDone(done: Callable, fail: () => void): Callable {
    return (error, ...rest) => {
      this.isInUnit = false;
      if (error) fail();
      return done(error, ...rest);
    };
  }
}

function readArgs(args: readonly unknown[]): { name: string; options: Options; fn: Callable | undefined } {
  const fn = args.find((arg): arg is Callable => typeof arg === 'function');
  const options = args.find((arg): arg is Options => typeof arg === 'object' && arg !== null) ?? {};
  const [first] = args;
  return { name: typeof first === 'string' && first !== '' ? first : fn?.name || '<anonymous>', options, fn };
}

function limitOf({ timeout }: Options): number {
  return typeof timeout === 'number' ? timeout : Number.POSITIVE_INFINITY;
}

function asLongAs(fn: { readonly length: number }, wrapped: Callable): Callable {
  return Object.defineProperty(wrapped, 'length', { value: fn.length });
}

function isWithin(path: readonly string[], folder: readonly string[]): boolean {
  return folder.every((name, index) => path[index] === name);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}
