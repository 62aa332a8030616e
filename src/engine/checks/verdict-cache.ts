import type { Digest, Store, Toolbox, Tree } from '../ports.ts';
import type { ScopeMap } from '../scopes/scope.ts';
import type { Check, Target } from './check.ts';
import type { CheckOutcome } from './result.ts';

export interface CachedVerdict {
  readonly outcome: CheckOutcome;
  readonly durationMs: number;
}

export interface VerdictCache {
  /** Undefined where an input cannot be named: such a verdict is neither stored nor answered. */
  key(check: Check, target: Target): string | undefined;
  get(key: string): CachedVerdict | undefined;
  /** Remembers a verdict until `commit`. */
  put(key: string, outcome: CheckOutcome, durationMs: number): void;
  /** Stores what was put; to be called only where no file changed since the keys were made. */
  commit(): void;
}

export interface VerdictInputs {
  readonly tree: Tree;
  readonly scopes: ScopeMap;
  /** Scopes that a scope's files import or its manifest names, transitively, itself included. */
  closure(scope: string): ReadonlySet<string>;
  readonly toolbox: Toolbox;
  readonly digest: Digest;
  readonly store: Store;
  /** Identity of files that git ignores and a check may read (`.env`, build output); undefined where it cannot be told. */
  readonly ambient: string | undefined;
  env(name: string): string | undefined;
  /** Version of Downforce and of the runtime. */
  readonly version: string;
}

/** Variables that change what almost any tool does. */
const COMMON_ENV = ['NODE_ENV', 'NODE_OPTIONS', 'PATH', 'CI', 'TZ', 'LANG', 'LC_ALL'];
const FOLDER = 'cache/verdicts';

/**
 * Verdicts by everything they depend on: the check and its command, the content of every file in the scopes it can
 * see (and of every file outside all packages), installed tools, ignored files beside the sources, and the
 * environment. An input that cannot be named closes the cache for that check.
 */
export function createVerdictCache(inputs: VerdictInputs): VerdictCache {
  const contents = new Map<string, string | undefined>();
  const pending: (CachedVerdict & { readonly key: string })[] = [];
  const filesKey = (scope: string): string | undefined => {
    if (!contents.has(scope)) contents.set(scope, contentKey(inputs, scope));
    return contents.get(scope);
  };
  return {
    key: (check, target) => verdictKey(inputs, check, target, filesKey(check.scope)),
    get: (key) => {
      const text = inputs.store.read(`${FOLDER}/${key}.json`);
      return text === undefined ? undefined : parseVerdict(text, key);
    },
    put: (key, outcome, durationMs) => {
      if (outcome.status === 'pass' || outcome.status === 'fail') pending.push({ key, outcome, durationMs });
    },
    commit: () => {
      for (const verdict of pending) inputs.store.write(`${FOLDER}/${verdict.key}.json`, JSON.stringify(verdict));
    },
  };
}

function verdictKey(
  inputs: VerdictInputs,
  check: Check,
  target: Target,
  files: string | undefined,
): string | undefined {
  if (files === undefined || check.executables.length === 0) return undefined;
  const invocation = check.invoke(target, '/scratch');
  if (invocation.kind !== 'run') return undefined;
  const tools = check.executables.map((executable) => inputs.toolbox.identity(executable));
  if (inputs.ambient === undefined || tools.includes(undefined)) return undefined;
  const env = [...new Set([...COMMON_ENV, ...check.env])].map((name) => [name, inputs.env(name) ?? null]);
  const { argv, env: own, context } = invocation;
  const judged = [check.tool, check.mustExamine ?? true, check.variant ?? '', check.narrowing];
  const parts = [
    inputs.version,
    check.id,
    check.cwd,
    judged,
    argv,
    own ?? {},
    context ?? '',
    check.config,
    tools,
    env,
    inputs.ambient,
    files,
  ];
  return inputs.digest(JSON.stringify(parts));
}

function contentKey(inputs: VerdictInputs, scope: string): string | undefined {
  const seen = inputs.closure(scope);
  // What belongs to the root, or to no scope that is known, may look at everything.
  const whole = (inputs.scopes.get(scope)?.root ?? '') === '';
  const lines: string[] = [];
  for (const path of inputs.tree.paths) {
    const owner = inputs.scopes.of(path);
    // What stands outside the other packages (root configuration, scripts) may be read by any check.
    if (!whole && owner !== undefined && owner.root !== '' && !seen.has(owner.id)) continue;
    const digest = inputs.tree.digest(path);
    if (digest === undefined) return undefined;
    lines.push(`${digest} ${path}`);
  }
  return inputs.digest(lines.join('\n'));
}

function parseVerdict(text: string, key: string): CachedVerdict | undefined {
  try {
    const value = JSON.parse(text) as { key?: unknown; outcome?: Partial<CheckOutcome>; durationMs?: unknown } | null;
    if (value?.key !== key || !isVerdict(value.outcome)) return undefined;
    return { outcome: value.outcome, durationMs: Number(value.durationMs) || 0 };
  } catch {
    // Half a file is no verdict.
    return undefined;
  }
}

function isVerdict(outcome: Partial<CheckOutcome> | undefined): outcome is CheckOutcome {
  if (typeof outcome !== 'object' || outcome === null) return false;
  return (
    (outcome.status === 'pass' || outcome.status === 'fail') && 'findings' in outcome && Array.isArray(outcome.findings)
  );
}
