import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatches } from '../../../../src/engine/streams/batches.ts';
import type { Overlap, PlannedStream } from '../../../../src/protocol/streams.ts';
import { planned } from './planned.ts';

const FILES = {
  'core/types.ts': 'export interface Item {}\n',
  'core/index.ts': "export * from './types.ts';\n",
  'core/alone.ts': 'export const alone = 1;\n',
  'a/one.ts': "import type { Item } from '../core/types.ts';\nexport const one: Item = {};\n",
  'b/two.ts': "import type { Item } from '../core/index.ts';\nexport const two: Item = {};\n",
  'b/three.ts': "import { two } from './two.ts';\nexport const three = two;\n",
  'c/four.ts': 'export const four = 4;\n',
};

function planText(streams: Readonly<Record<string, string>>): string {
  return Object.entries(streams)
    .map(([title, text]) => `## ${title}\n\n${text}\n`)
    .join('\n');
}

async function overlapsOf(streams: Readonly<Record<string, string>>, files = FILES): Promise<readonly string[]> {
  const { overlaps } = await planned(planText(streams), files);
  return overlaps.map(({ kind, a, b, files: paths }) => [kind, a, b, ...paths].join(' '));
}

describe('two streams are apart', () => {
  it('where both change a file', async () => {
    const plan = await planned(planText({ One: 'Paths: c/**', Two: 'Paths: c/four.ts, core/alone.ts' }), FILES);
    expect(plan.overlaps).toEqual([
      { a: 'one', b: 'two', kind: 'same-file', files: ['c/four.ts'], text: '"One" and "Two" both change c/four.ts.' },
    ]);
    expect(plan.batches).toEqual([['one'], ['two']]);
  });

  it('where both change what one of them depends on, which is said', async () => {
    const plan = await planned(planText({ One: 'Paths: core/types.ts', Two: 'Paths: core/types.ts, b/**' }), FILES);
    expect(plan.overlaps.map(({ text }) => text)).toEqual([
      '"One" and "Two" both change the exports of core/types.ts, on which 1 file of "Two" depends.',
    ]);
  });

  it('where one changes exports that the other uses, by way of a file that passes them on', async () => {
    expect(await overlapsOf({ One: 'Paths: core/types.ts', Two: 'Paths: b/two.ts' })).toEqual([
      'export-used one two core/types.ts',
    ]);
    expect(await overlapsOf({ One: 'Paths: a/one.ts', Two: 'Paths: core/types.ts' })).toEqual([
      'export-used two one core/types.ts',
    ]);
  });

  it('but not where a file only leads to it by way of code of its own', async () => {
    expect(await overlapsOf({ One: 'Paths: core/types.ts', Two: 'Paths: b/three.ts' })).toEqual([]);
  });

  it('not because they import modules of one Python package', async () => {
    const files = {
      'p/__init__.py': 'from .a import A as A\n',
      'p/a.py': 'class A: ...\n',
      'p/b.py': 'from .c import C\n',
      'p/c.py': 'class C: ...\n',
      'q.py': 'from p import A\n',
      'r.py': 'import p.c\n',
    } as unknown as typeof FILES;
    expect(await overlapsOf({ One: 'Paths: p/a.py', Two: 'Paths: p/b.py', Three: 'Paths: r.py' }, files)).toEqual([]);
    expect(await overlapsOf({ One: 'Paths: p/a.py', Two: 'Paths: q.py' }, files)).toEqual([
      'export-used one two p/a.py',
    ]);
  });

  it('where what both are to make may be the same', async () => {
    expect(await overlapsOf({ One: 'Paths: new/**', Two: 'Paths: new/x.ts', Three: 'Paths: newer/x.ts' })).toEqual([
      'same-file one two new/**',
    ]);
  });

  it('where the plan says so, and then nothing else is said', async () => {
    const streams = {
      One: 'Paths: c/four.ts',
      Two: 'Paths: c/four.ts\nAfter: One',
      Three: 'Paths: c/four.ts\nAfter: Two',
    };
    expect(await overlapsOf(streams)).toEqual(['order one two', 'order two three']);
  });

  it('where nothing tells what one of them touches', async () => {
    const plan = await planned(planText({ Vague: 'Do it.', One: 'Paths: c/four.ts', Two: 'Paths: a/**' }), FILES);
    expect(plan.overlaps.map(({ kind, a, b }) => `${kind} ${a} ${b}`)).toEqual([
      'unknown vague one',
      'unknown vague two',
    ]);
    expect(plan.batches).toEqual([['one', 'two'], ['vague']]);
  });
});

describe('batches', () => {
  const stream = (id: string, after: readonly string[]): PlannedStream => ({
    ...{ id, title: id, text: '', line: 1, after },
    footprint: { files: [`${id}.ts`], fresh: [], scopes: [], reaches: [], because: [] },
  });
  const apart = (a: string, b: string): Overlap => ({ a, b, kind: 'same-file', files: [], text: '' });

  it('are as few as the overlaps allow', () => {
    // A path of four, in an order in which the first that fits needs three.
    const streams = ['a', 'd', 'b', 'c'].map((id) => stream(id, []));
    expect(makeBatches(streams, [apart('a', 'b'), apart('b', 'c'), apart('c', 'd')])).toHaveLength(2);
  });

  it('hold each stream once, apart from those it overlaps with, after those it waits for; and always the same', () => {
    const edges = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 });
    fc.assert(
      fc.property(edges, edges, (waits, meets) => {
        const ids = Array.from({ length: 12 }, (_, index) => `s${index}`);
        const streams = ids.map((id, index) =>
          stream(
            id,
            waits.flatMap(([a, b]) => (a === index && b < a ? [`s${b}`] : [])),
          ),
        );
        const overlaps = meets.filter(([a, b]) => a !== b).map(([a, b]) => apart(`s${a}`, `s${b}`));
        const batches = makeBatches(streams, overlaps);
        expect(batches.flat().sort()).toEqual([...ids].sort());
        const place = new Map(batches.flatMap((batch, index) => batch.map((id) => [id, index] as const)));
        for (const { a, b } of overlaps) expect(place.get(a)).not.toBe(place.get(b));
        for (const { id, after } of streams)
          for (const other of after) expect(place.get(other)).toBeLessThan(place.get(id) ?? -1);
        expect(makeBatches(streams, overlaps)).toEqual(batches);
      }),
    );
  });
});
