import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardPart, type Part, partOf, planShards } from '../../../../src/engine/shards/plan-shards.ts';
import { parseShard, shardName, shareOf } from '../../../../src/engine/shards/shard.ts';
import { memoryTree } from '../../memory-tree.ts';
import { sampleCheck } from '../sample.ts';

const PARTS = fc.uniqueArray(fc.record({ id: fc.string({ minLength: 1 }), cost: fc.integer({ min: 1, max: 50 }) }), {
  selector: ({ id }) => id,
});
const COUNT = fc.integer({ min: 1, max: 12 });

describe('a plan for parts', () => {
  it('gives every check to exactly one', () => {
    fc.assert(
      fc.property(PARTS, COUNT, (parts, count) => {
        const plan = planShards(parts, count);
        expect(plan).toHaveLength(count);
        expect(plan.flat().toSorted()).toEqual(parts.map(({ id }) => id).toSorted());
      }),
    );
  });

  it('is the same whatever order the checks were found in', () => {
    fc.assert(
      fc.property(
        PARTS.chain((parts) => fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length }))),
        COUNT,
        ([parts, shuffled], count) => {
          expect(planShards(shuffled, count)).toEqual(planShards(parts, count));
        },
      ),
    );
  });

  it('leaves none idle while there is enough to do', () => {
    fc.assert(
      fc.property(PARTS, COUNT, (parts, count) => {
        fc.pre(parts.length >= count);
        expect(planShards(parts, count).filter((ids) => ids.length === 0)).toEqual([]);
      }),
    );
  });

  it('spreads what takes long', () => {
    const parts: Part[] = [
      { id: 'test:a', cost: 30 },
      { id: 'test:b', cost: 30 },
      { id: 'lint:a', cost: 3 },
      { id: 'lint:b', cost: 3 },
    ];
    expect(planShards(parts, 2)).toEqual([
      ['lint:a', 'test:a'],
      ['lint:b', 'test:b'],
    ]);
  });

  it('expects of a check what the tree alone says', () => {
    const tree = memoryTree({ 'a.test.ts': '', 'b.test.ts': '', 'c.ts': '' });
    const covers = (path: string): boolean => path.includes('.test.');
    expect(partOf(sampleCheck({ id: 'test:a', kind: 'test', covers }), tree)).toEqual({ id: 'test:a', cost: 2.8 });
    expect(partOf(sampleCheck({ covers }), tree)).toEqual({ id: 'lint:sample', cost: 3 });
    expect(guardPart('boundaries').cost).toBeGreaterThan(0);
  });
});

describe('a part', () => {
  it.each([
    ['1/1', { index: 1, count: 1 }],
    ['2/12', { index: 2, count: 12 }],
    ['256/256', { index: 256, count: 256 }],
  ])('is written %s', (text, expected) => expect(parseShard(text)).toEqual(expected));

  it.each(['', '1', '0/1', '2/1', '1/0', '-1/2', '1/2/3', '01/2', '1/257', '1.5/2', ' 1/2', '1e2/200'])(
    'is not written %j',
    (text) => expect(parseShard(text)).toBeUndefined(),
  );

  it('has its share of a list, and all parts have all of it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), COUNT, (items, count) => {
        const shares = Array.from({ length: count }, (_, place) => shareOf(items, { index: place + 1, count }));
        expect(shares.flat().toSorted()).toEqual(items.toSorted());
        const sizes = shares.map((share) => share.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has a name of its own', () => {
    expect(shardName('gate', { index: 2, count: 4 })).toBe('gate-2-of-4');
    expect(shardName('gate', undefined)).toBe('gate');
  });
});
