import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../../src/engine/graph/build-graph.ts';
import type { ImportGraph } from '../../../../src/engine/graph/import-graph.ts';
import type { Tree } from '../../../../src/engine/ports.ts';
import { memoryStore } from '../../memory-store.ts';
import { memoryTree } from '../../memory-tree.ts';
import { type Extracted, lineLanguage, sha256 } from '../line-language.ts';

type Files = Readonly<Record<string, string>>;

const EDGES = 'cache/graph.json';
const REFERENCES = 'cache/references.json';

/** Everything a graph says, as `file → needs`, with `?` for computed and `!REASON` for unanalysed. */
function told(graph: ImportGraph): readonly string[] {
  return graph.paths.flatMap((path, index) => {
    if (!graph.isSource(index)) return [];
    const needs = graph.dependencies(index).map((target) => graph.paths[target]);
    const reason = graph.unanalysed(index);
    const more = [...(graph.isComputed(index) ? ['?'] : []), ...(reason === undefined ? [] : [`!${reason}`])];
    return [[path, '→', ...needs.toSorted(), ...more].join(' ')];
  });
}

/** Builds graphs one after the other on one store, and says which files were read for each. */
function session() {
  const store = memoryStore();
  const build = async (source: Files | Tree) => {
    const extracted: Extracted = [];
    const tree = typeof source['paths'] === 'object' ? (source as Tree) : memoryTree(source as Files);
    const graph = await buildGraph(tree, { languages: [lineLanguage(extracted)], store, digest: sha256 });
    return { graph: told(graph), extracted };
  };
  return { store, build };
}

const FILES: Files = { 'a.l': 'needs b.l', 'b.l': 'needs c.l\nneeds ?', 'c.l': '', 'd.txt': 'needs a.l' };
const GRAPH = ['a.l → b.l', 'b.l → c.l ?', 'c.l →'];

describe('a graph', () => {
  it('holds who needs whom, both ways', async () => {
    const deps = { languages: [lineLanguage()], store: memoryStore(), digest: sha256 };
    const graph = await buildGraph(memoryTree({ ...FILES, 'e.l': 'needs c.l' }), deps);
    const dependents = (path: string): readonly (string | undefined)[] =>
      graph.dependents(graph.indexOf(path) ?? -1).map((index) => graph.paths[index]);
    expect(told(graph)).toEqual([...GRAPH, 'e.l → c.l']);
    expect(dependents('c.l')).toEqual(['b.l', 'e.l']);
    expect(dependents('a.l')).toEqual([]);
    expect(dependents('none')).toEqual([]);
    expect(graph.isSource(graph.indexOf('d.txt') ?? -1)).toBe(false);
  });

  it('names neither a file itself, nor a file twice, nor what is not there', async () => {
    const { graph } = await session().build({ 'a.l': 'needs a.l\nneeds b.l\nneeds b.l\nneeds none.l', 'b.l': '' });
    expect(graph).toEqual(['a.l → b.l', 'b.l →']);
  });

  it('says of a file without readable text that what it needs is unknown', async () => {
    const tree = { ...memoryTree(FILES), read: (path: string) => (path === 'a.l' ? undefined : FILES[path]) };
    const { graph } = await session().build(tree);
    expect(graph[0]).toMatch(/^a\.l → !unreadable/);
  });

  it('passes on why a language could not read a file', async () => {
    const { graph } = await session().build({ 'a.l': '!no sense\nneeds b.l', 'b.l': '' });
    expect(graph).toEqual(['a.l → b.l !no sense', 'b.l →']);
  });

  it('waits for the languages to be ready', async () => {
    let ready = false;
    const language = {
      ...lineLanguage(),
      ready: async () => {
        await Promise.resolve();
        ready = true;
      },
      extract: () => ({ references: [], unanalysed: String(ready) }),
    };
    const deps = { languages: [language], store: memoryStore(), digest: sha256 };
    expect(told(await buildGraph(memoryTree({ 'a.l': '' }), deps))).toEqual(['a.l → !true']);
  });
});

describe('the cache', () => {
  it('saves every extraction where nothing changed', async () => {
    const { build } = session();
    expect((await build(FILES)).extracted).toEqual(['a.l', 'b.l', 'c.l']);
    expect(await build(FILES)).toEqual({ graph: GRAPH, extracted: [] });
  });

  it.each<[string, Files, readonly string[], readonly string[]]>([
    ['changed content', { ...FILES, 'a.l': 'needs c.l' }, ['a.l → c.l', ...GRAPH.slice(1)], ['a.l']],
    ['changed content that no language reads', { ...FILES, 'd.txt': 'x' }, GRAPH, []],
    ['new file', { ...FILES, 'e.l': 'needs a.l' }, [...GRAPH, 'e.l → a.l'], ['e.l']],
    ['file gone', { 'a.l': 'needs b.l', 'b.l': 'needs c.l\nneeds ?', 'd.txt': '' }, ['a.l → b.l', 'b.l → ?'], []],
    [
      'moved file',
      { 'a.l': 'needs b.l', 'z.l': 'needs c.l\nneeds ?', 'c.l': '' },
      ['a.l →', 'c.l →', 'z.l → c.l ?'],
      [],
    ],
    ['manifest', { ...FILES, 'map.layout': 'b.l c.l' }, ['a.l → c.l', ...GRAPH.slice(1)], []],
    ['became computed', { ...FILES, 'c.l': 'needs ?' }, ['a.l → b.l', 'b.l → c.l ?', 'c.l → ?'], ['c.l']],
    [
      'became unreadable to the language',
      { ...FILES, 'c.l': '!no' },
      ['a.l → b.l', 'b.l → c.l ?', 'c.l → !no'],
      ['c.l'],
    ],
  ])('is right after a change: %s', async (_, files, graph, extracted) => {
    const { build } = session();
    await build(FILES);
    expect(await build(files)).toEqual({ graph, extracted });
    expect(await build(files)).toEqual({ graph, extracted: [] });
  });

  it('finds the file that an import waited for', async () => {
    const { build } = session();
    expect((await build({ 'a.l': 'needs b.l' })).graph).toEqual(['a.l →']);
    expect((await build({ 'a.l': 'needs b.l', 'b.l': '' })).graph).toEqual(['a.l → b.l', 'b.l →']);
  });

  it('resolves all again when the content of a manifest changes', async () => {
    const { build } = session();
    await build({ ...FILES, 'map.layout': 'b.l c.l' });
    expect((await build({ ...FILES, 'map.layout': 'b.l a.l' })).graph[0]).toBe('a.l →');
  });

  it('knows a content again after a branch was switched there and back', async () => {
    const { build } = session();
    await build(FILES);
    await build({ ...FILES, 'a.l': 'needs c.l' });
    expect(await build(FILES)).toEqual({ graph: GRAPH, extracted: [] });
  });

  it('keeps what could not be read out of every later answer', async () => {
    const { build } = session();
    const unreadable = { ...memoryTree(FILES), read: (path: string) => (path === 'a.l' ? undefined : FILES[path]) };
    await build(unreadable);
    expect((await build(FILES)).graph).toEqual(GRAPH);
  });

  it('does not take two files without a digest for unchanged', async () => {
    const { build } = session();
    const blind = (files: Files): Tree => ({ ...memoryTree(files), digest: () => undefined });
    await build(blind(FILES));
    expect((await build(blind({ ...FILES, 'a.l': 'needs c.l' }))).graph[0]).toBe('a.l → c.l');
  });

  it.each([
    ['no JSON', 'x'],
    ['half of it', '{"version":1,"layout":"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another version', '{"version":0,"layout":"","digests":[],"nodes":[],"extractions":{}}'],
    ['nonsense inside', '{"version":1,"layout":7,"digests":[7],"nodes":[7],"extractions":7}'],
    ['extractions of the wrong shape', '{"version":1,"extractions":{"x":7}}'],
  ])('is ignored where broken: %s', async (_, text) => {
    const { store, build } = session();
    await build(FILES);
    store.texts.set(EDGES, text);
    store.texts.set(REFERENCES, text);
    expect((await build(FILES)).graph).toEqual(GRAPH);
  });

  it.each([
    ['a node is no list', (cache: string) => cache.replace(/"nodes":\[\[/, '"nodes":[7,[')],
    ['edges are no list', (cache: string) => cache.replace(/"nodes":\[\[\[\d*\]/, '"nodes":[["x"')],
  ])('is ignored where its layout fits and its shape does not: %s', async (_, spoil) => {
    const { store, build } = session();
    await build(FILES);
    const spoiled = spoil(store.texts.get(EDGES) ?? '');
    expect(spoiled).not.toBe(store.texts.get(EDGES));
    store.texts.set(EDGES, spoiled);
    expect((await build(FILES)).graph).toEqual(GRAPH);
  });

  it('that cannot be written changes no answer', async () => {
    const store = { ...memoryStore(), read: () => undefined, write: () => false, append: () => false };
    const deps = { languages: [lineLanguage()], store, digest: sha256 };
    expect(told(await buildGraph(memoryTree(FILES), deps))).toEqual(GRAPH);
  });

  it('gives the same graph as none, whatever came before', async () => {
    const path = fc.constantFrom('a.l', 'b.l', 'c.l', 'd/e.l', 'map.layout', 'f.txt');
    const text = fc
      .array(fc.constantFrom('needs a.l', 'needs b.l', 'needs d/e.l', 'needs ?', '!no', 'a.l b.l'))
      .map((all) => all.join('\n'));
    const files = fc.dictionary(path, text);
    await fc.assert(
      fc.asyncProperty(fc.array(files, { minLength: 2, maxLength: 5 }), async (states) => {
        const cached = session();
        for (const state of states) {
          expect((await cached.build(state)).graph).toEqual((await session().build(state)).graph);
        }
      }),
      { numRuns: 60 },
    );
  });
});
