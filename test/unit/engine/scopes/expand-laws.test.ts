import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blast, type Situation } from './radius.ts';

const PATHS = [
  'a/x.l',
  'a/y.l',
  'a/y.test.l',
  'b/x.l',
  'b/data.json',
  'b/test/in.json',
  'c/x.l',
  'c/NOTES.md',
  'top.l',
  'top.json',
];
const line = fc.oneof(
  fc.constantFrom(...PATHS).map((path) => `needs ${path}`),
  fc.constantFrom('needs ?', '!broken'),
);
const files = fc
  .tuple(...PATHS.map(() => fc.array(line, { maxLength: 3 })))
  .map((texts) =>
    Object.fromEntries(PATHS.map((path, index) => [path, path.endsWith('.l') ? (texts[index] ?? []).join('\n') : ''])),
  );
const needs = fc.subarray(['a', 'b', 'c']);
const packages = fc.option(fc.record({ '.': needs, a: needs, b: needs, c: needs }), { nil: { '.': [] as string[] } });
const situation: fc.Arbitrary<Situation> = fc.record({ files, packages, changed: fc.subarray(PATHS) });

it('one more changed file never removes a reached one, nor makes one farther', () =>
  fc.assert(
    fc.asyncProperty(situation, fc.constantFrom(...PATHS), async (one, more) => {
      const few = await blast(one);
      const many = await blast({ ...one, changed: [...new Set([...one.changed, more])] });
      for (const [path, { distance }] of few.reached) {
        expect(many.reached.get(path)?.distance ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(distance);
      }
      for (const scope of few.scopes.keys()) expect([...many.scopes.keys()]).toContain(scope);
    }),
    { numRuns: 300 },
  ));

it('the order of the changed files changes no distance', () =>
  fc.assert(
    fc.asyncProperty(situation, async (one) => {
      const distances = async (changed: Situation['changed']) =>
        [...(await blast({ ...one, changed })).reached].map(([path, { distance }]) => `${path} ${distance}`).toSorted();
      expect(await distances(one.changed.toReversed())).toEqual(await distances(one.changed));
    }),
    { numRuns: 300 },
  ));

it('who imports a reached file is reached, at most one step farther', () =>
  fc.assert(
    fc.asyncProperty(situation, async (one) => {
      const { reached } = await blast(one);
      for (const [path, text] of Object.entries(one.files)) {
        for (const needed of text.split('\n').map((name) => name.replace('needs ', ''))) {
          const distance = reached.get(needed)?.distance;
          if (distance === undefined || needed === path) continue;
          expect(reached.get(path)?.distance ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(distance + 1);
        }
      }
    }),
    { numRuns: 300 },
  ));

it('a step leads back along reached files to a changed one', () =>
  fc.assert(
    fc.asyncProperty(situation, async (one) => {
      const { reached } = await blast(one);
      for (const [path, { distance, via }] of reached) {
        if (via === undefined) expect(one.changed).toContain(path);
        else expect(reached.get(via.path)?.distance).toBe(distance - 1);
      }
    }),
    { numRuns: 300 },
  ));

it('every changed path has a fate, and none but these', () =>
  fc.assert(
    fc.asyncProperty(situation, async (one) => {
      const radius = await blast(one);
      expect([...radius.fates.keys()].toSorted()).toEqual([...one.changed].toSorted());
      for (const [path, fate] of radius.fates) expect(radius.reached.has(path) || fate.kind === 'inert').toBe(true);
    }),
  ));
