import { describe, expect, it } from 'vitest';
import type { Check, Invocation, Target } from '../../../../src/engine/checks/check.ts';
import type { CheckOutcome } from '../../../../src/engine/checks/result.ts';
import { createVerdictCache, type VerdictInputs } from '../../../../src/engine/checks/verdict-cache.ts';
import type { Scope, ScopeMap } from '../../../../src/engine/scopes/scope.ts';
import { type MemoryStore, memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { memoryToolbox } from '../../memory-workspace.ts';
import { sha256 } from '../line-language.ts';
import { errored, failed, passed, sampleCheck, sampleFinding } from '../sample.ts';

const ALL: Target = { kind: 'all' };
const FILES = { 'core/a.ts': 'a', 'lib/b.ts': 'b', 'other/c.ts': 'c', 'top.json': '{}', 'config/x.json': '{}' };

/** Scopes by folder; what lies in none has no scope. */
const SCOPES: ScopeMap = {
  scopes: [],
  get: (id): Scope | undefined =>
    ['core', 'lib', 'other'].includes(id) ? { id, root: id, dependsOn: [], projects: [] } : undefined,
  of: (path) => SCOPES.get(path.split('/')[0] ?? ''),
};

interface World extends Omit<Partial<VerdictInputs>, 'tree' | 'store'> {
  readonly files?: Readonly<Record<string, string>>;
}

function open(world: World = {}, store: MemoryStore = memoryStore()) {
  const { files = FILES, ...inputs } = world;
  return createVerdictCache({
    tree: memoryTree(files),
    scopes: SCOPES,
    closure: (scope) => new Set(scope === 'core' ? ['core', 'lib'] : [scope]),
    toolbox: memoryToolbox(),
    digest: sha256,
    store,
    ambient: '',
    env: () => undefined,
    version: '1',
    ...inputs,
  });
}

function key(world: World = {}, check: Partial<Check> = {}, target: Target = ALL): string | undefined {
  return open(world).key(sampleCheck(check), target);
}

function running(more: Partial<Extract<Invocation, { kind: 'run' }>>): Partial<Check> {
  return { invoke: () => ({ kind: 'run', argv: ['/bin/sample', '.'], ...more }) };
}

describe('the key', () => {
  it('stays the same where nothing changed', () => {
    expect(key()).toBeDefined();
    expect(key()).toBe(key());
  });

  it.each<[string, World, Partial<Check>]>([
    ['a file of the scope', { files: { ...FILES, 'core/a.ts': 'A' } }, {}],
    ['a file of a scope it needs', { files: { ...FILES, 'lib/b.ts': 'B' } }, {}],
    ['a file outside all scopes', { files: { ...FILES, 'top.json': '[]' } }, {}],
    ['a file in a folder that is no scope', { files: { ...FILES, 'config/x.json': '[]' } }, {}],
    ['a new file', { files: { ...FILES, 'core/new.ts': '' } }, {}],
    ['a file gone', { files: { 'core/a.ts': 'a', 'other/c.ts': 'c', 'top.json': '{}', 'config/x.json': '{}' } }, {}],
    ['two contents exchanged', { files: { ...FILES, 'core/a.ts': 'b', 'lib/b.ts': 'a' } }, {}],
    ['the tool', { toolbox: { ...memoryToolbox(), identity: () => 'newer' } }, {}],
    ['ignored files', { ambient: '.env:12' }, {}],
    ['a common variable', { env: (name) => (name === 'NODE_ENV' ? 'test' : undefined) }, {}],
    ['the search path', { env: (name) => (name === 'PATH' ? '/bin' : undefined) }, {}],
    ['an empty variable', { env: (name) => (name === 'CI' ? '' : undefined) }, {}],
    ['the version', { version: '2' }, {}],
    ['the check', {}, { id: 'lint:other' }],
    ['its folder', {}, { cwd: 'core' }],
    ['its scope', {}, { scope: 'other' }],
    ['its configuration files', {}, { config: ['x.json'] }],
    ['its arguments', {}, running({ argv: ['/bin/sample', '--fix'] })],
    ['where its arguments are split', {}, running({ argv: ['/bin/sample .'] })],
    ['its own variables', {}, running({ env: { X: '1' } })],
    ['what its parser is told', {}, running({ context: 'module x' })],
    ['one more tool', {}, { executables: ['/bin/sample', '/bin/node'] }],
  ])('changes with %s', (_, world, check) => {
    expect(key(world, check)).toBeDefined();
    expect(key(world, check)).not.toBe(key());
  });

  it('changes with any file, for a check of no scope that is known', () => {
    const changed = { files: { ...FILES, 'other/c.ts': 'C' } };
    expect(key(changed, { scope: 'root' })).not.toBe(key({}, { scope: 'root' }));
  });

  it('changes with a variable that the check names, and with no other', () => {
    const env = (name: string): string | undefined => (name === 'API' ? 'x' : undefined);
    expect(key({ env }, { env: ['API'] })).not.toBe(key({}, { env: ['API'] }));
    expect(key({ env })).toBe(key());
  });

  it('changes with the target as far as the command does', () => {
    const invoke: Check['invoke'] = (target) => ({
      kind: 'run',
      argv: ['/bin/x', ...(target.kind === 'all' ? ['.'] : target.paths)],
    });
    const of = (target: Target) => key({}, { invoke }, target);
    expect(new Set([of(ALL), of({ kind: 'files', paths: ['a'] }), of({ kind: 'files', paths: ['a', 'b'] })]).size).toBe(
      3,
    );
  });

  it('changes with how the output is judged', () => {
    expect(key({}, { mustExamine: false })).not.toBe(key());
  });

  it.each<[string, World]>([
    ['a file of a scope it does not need', { files: { ...FILES, 'other/c.ts': 'C' } }],
    ['the order in which files were listed', { files: Object.fromEntries(Object.entries(FILES).toReversed()) }],
  ])('does not change with %s', (_, world) => expect(key(world)).toBe(key()));

  it.each<[string, World, Partial<Check>]>([
    ['it names no tool', {}, { executables: [] }],
    ['the tool is not known', { toolbox: { ...memoryToolbox(), identity: () => undefined } }, {}],
    [
      'one of the tools is not known',
      { toolbox: { ...memoryToolbox(), identity: (name) => (name === '/x' ? undefined : name) } },
      { executables: ['/bin/sample', '/x'] },
    ],
    ['ignored files cannot be told', { ambient: undefined }, {}],
    ['the tool is missing', {}, { invoke: () => ({ kind: 'missing', program: 'x', hint: '' }) }],
    ['there is nothing to do', {}, { invoke: () => ({ kind: 'nothing', reason: '' }) }],
  ])('is none where %s', (_, world, check) => expect(key(world, check)).toBeUndefined());

  it('is none where a file it may read has no digest', () => {
    const blind = (path: string) =>
      createVerdictCache({
        ...inputs(),
        tree: { ...memoryTree(FILES), digest: (name) => (name === path ? undefined : name) },
      });
    expect(blind('core/a.ts').key(sampleCheck(), ALL)).toBeUndefined();
    expect(blind('top.json').key(sampleCheck(), ALL)).toBeUndefined();
    expect(blind('other/c.ts').key(sampleCheck(), ALL)).toBeDefined();
  });
});

function inputs(): Omit<VerdictInputs, 'tree'> {
  return {
    scopes: SCOPES,
    closure: (id) => new Set([id]),
    toolbox: memoryToolbox(),
    digest: sha256,
    store: memoryStore(),
    ambient: '',
    env: () => undefined,
    version: '1',
  };
}

describe('verdicts', () => {
  it.each<[string, CheckOutcome]>([
    ['pass', passed],
    ['fail', failed(sampleFinding())],
  ])('come back as they were: %s', (_, outcome) => {
    const store = memoryStore();
    const writing = open({}, store);
    writing.put('k', outcome, 12);
    expect(open({}, store).get('k')).toBeUndefined();
    writing.commit();
    expect(open({}, store).get('k')).toEqual({ outcome, durationMs: 12 });
    expect(open({}, store).get('other')).toBeUndefined();
  });

  it.each<CheckOutcome>([
    errored('x'),
    { status: 'timeout', reason: 'x', findings: [] },
    { status: 'deferred', reason: 'x' },
    { status: 'skipped', reason: 'x' },
    { status: 'cancelled', reason: 'x' },
  ])('are not kept where nothing was judged: $status', (outcome) => {
    const store = memoryStore();
    const cache = open({}, store);
    cache.put('k', outcome, 1);
    cache.commit();
    expect(store.texts.size).toBe(0);
  });

  it.each([
    ['half a file', '{"key":"k","outcome":{"status":"pa'],
    ['the verdict of another key', '{"key":"j","outcome":{"status":"pass","findings":[],"examined":1}}'],
    ['no outcome', '{"key":"k"}'],
    ['null', 'null'],
    ['an outcome of no sense', '{"key":"k","outcome":7}'],
    ['a status of no sense', '{"key":"k","outcome":{"status":"fine"}}'],
    ['an outcome without findings', '{"key":"k","outcome":{"status":"fail"}}'],
    ['a verdict that is never kept', '{"key":"k","outcome":{"status":"skipped","reason":""}}'],
  ])('are not believed from %s', (_, text) => {
    expect(open({}, memoryStore({ 'cache/verdicts/k.json': text })).get('k')).toBeUndefined();
  });
});
