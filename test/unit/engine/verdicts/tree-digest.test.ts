import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import { type TreeDigest, treeDigest } from '../../../../src/engine/verdicts/tree-digest.ts';
import { memoryTree } from '../../memory-tree.ts';
import { sha256 } from '../line-language.ts';
import { changeOf } from '../report/surveyed.ts';
import { placed, sampleWaiver } from '../waivers/sample-waiver.ts';

type Judged = Parameters<typeof treeDigest>[0];

const ENGINE: Judged = {
  tree: memoryTree({ 'a.ts': '1', 'b.ts': '2' }),
  change: changeOf(),
  config: DEFAULT_CONFIG,
  waivers: [],
  version: '1.2.3 v24.1.0',
  digest: sha256,
  hasSubmodules: false,
};

function digestOf(more: Partial<Judged> = {}): TreeDigest {
  return treeDigest({ ...ENGINE, ...more });
}

describe('the digest of a tree', () => {
  it.each<[string, Partial<Judged>]>([
    ['another runtime', { version: '1.2.3 v22.0.0' }],
    ['what only git tells of the change', { change: { ...changeOf([]), head: 'other', baseName: 'main' } }],
  ])('is the same for %s', (_, more) => expect(digestOf(more)).toEqual(digestOf()));

  it.each<[string, Partial<Judged>]>([
    ['a content', { tree: memoryTree({ 'a.ts': '1', 'b.ts': '3' }) }],
    ['a name', { tree: memoryTree({ 'a.ts': '1', 'c.ts': '2' }) }],
    ['contents exchanged', { tree: memoryTree({ 'a.ts': '2', 'b.ts': '1' }) }],
    ['one file more', { tree: memoryTree({ 'a.ts': '1', 'b.ts': '2', 'c.ts': '' }) }],
    ['a base', { change: { ...changeOf(), base: 'other' } }],
    ['no base', { change: { ...changeOf(), base: undefined } }],
    ['a setting', { config: { ...DEFAULT_CONFIG, inert: ['a.ts'] } }],
    ['a setting without end', { config: { ...DEFAULT_CONFIG, budget: Number.POSITIVE_INFINITY } }],
    ['a waiver', { waivers: [placed(sampleWaiver())] }],
    ['Downforce', { version: '1.2.4 v24.1.0' }],
  ])('is another for %s', (_, more) => {
    const [own, other] = [digestOf(), digestOf(more)];
    expect([own.kind, other.kind]).toEqual(['digest', 'digest']);
    expect(other).not.toEqual(own);
  });

  it.each<[string, Partial<Judged>, RegExp]>([
    ['there are submodules', { hasSubmodules: true }, /submodules/],
    [
      'a file cannot be read',
      { tree: { ...memoryTree({ 'a.ts': '1' }), digest: () => undefined } },
      /^a\.ts cannot be read/,
    ],
    [
      'nothing could be compared',
      { change: { ...changeOf(), base: undefined, reasons: [{ code: 'no-merge-base', text: 'no common commit' }] } },
      /^no common commit$/,
    ],
  ])('is unknown where %s', (_, more, reason) => {
    expect(digestOf(more)).toEqual({ kind: 'unknown', reason: expect.stringMatching(reason) });
  });
});
