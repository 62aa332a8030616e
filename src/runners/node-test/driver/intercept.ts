import nodeModule, { createRequire } from 'node:module';

/** Where the shim finds what to give. */
export const API = Symbol.for('downforce.node-test');

type Callable = (...args: readonly unknown[]) => unknown;

/** The module `node:test`: a function with everything else on it. */
export type NodeTest = Callable & Readonly<Record<string, unknown>>;

/** What is done with the calls of a test file. `real` is Node's own function. */
export interface Calls {
  test(real: Callable, args: readonly unknown[], kind: string): unknown;
  suite(real: Callable, args: readonly unknown[], kind: string): unknown;
  hook(real: Callable, args: readonly unknown[], kind: string): unknown;
}

const KINDS: Readonly<Record<string, keyof Calls>> = {
  test: 'test',
  it: 'test',
  describe: 'suite',
  suite: 'suite',
  before: 'hook',
  after: 'hook',
  beforeEach: 'hook',
  afterEach: 'hook',
};

/** Of tests and suites: `test.skip(…)`. */
const VARIANTS: readonly string[] = ['skip', 'todo', 'only', 'expectFailure'];

interface NewerModule {
  registerHooks(hooks: {
    resolve(
      specifier: string,
      context: ResolveContext,
      next: (specifier: string, context: ResolveContext) => object,
    ): object;
  }): unknown;
  _load(this: unknown, request: string, ...rest: readonly unknown[]): unknown;
}

interface ResolveContext {
  readonly conditions: readonly string[];
  readonly parentURL?: string;
}

/** Node's own, untouched. */
export const realNodeTest: NodeTest = createRequire(import.meta.url)('node:test');

/** Gives test files another `node:test`, by `require` and by `import`. */
export function interceptNodeTest(calls: Calls, shim: string): void {
  const newer = nodeModule as unknown as NewerModule;
  const api = wrapAll(realNodeTest, calls);
  Object.assign(globalThis, { [API]: api });
  const { _load: load } = newer;
  newer._load = function (request, ...rest) {
    return request === 'node:test' ? api : load.call(this, request, ...rest);
  };
  newer.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'node:test' && context.conditions.includes('import') && context.parentURL !== shim
        ? { url: shim, format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
}

function wrapAll(real: NodeTest, calls: Calls): NodeTest {
  const api = wrapOne(real, 'test', calls);
  for (const name of Object.keys(real)) {
    if (VARIANTS.includes(name)) continue;
    const kind = KINDS[name];
    const value = real[name];
    // `test.test` is `test`.
    const given = value === real ? api : kind === undefined ? value : wrapOne(value as Callable, name, calls);
    Object.defineProperty(api, name, { value: given, enumerable: true, configurable: true, writable: true });
  }
  return api as NodeTest;
}

function wrapOne(real: Callable, name: string, calls: Calls): Callable {
  const kind = KINDS[name] ?? 'test';
  const wrapped: Callable = (...args) => calls[kind](real, args, name);
  if (kind === 'hook') return wrapped;
  for (const variant of VARIANTS) {
    const its: unknown = Reflect.get(real, variant);
    if (typeof its !== 'function') continue;
    const call = its as Callable;
    Object.defineProperty(wrapped, variant, {
      value: (...args: unknown[]) => calls[kind](call, args, name),
      enumerable: true,
    });
  }
  return wrapped;
}
