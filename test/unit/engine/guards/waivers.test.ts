import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import type { Guard } from '../../../../src/engine/guards/guard.ts';
import { runGuards } from '../../../../src/engine/guards/run-guards.ts';
import { waivers } from '../../../../src/engine/guards/waivers/index.ts';
import { appendWaiver } from '../../../../src/engine/waivers/append-waiver.ts';
import { bindFinding } from '../../../../src/engine/waivers/binding.ts';
import { parseWaivers } from '../../../../src/engine/waivers/waivers-file.ts';
import { WAIVERS_FILE } from '../../../../src/engine/waivers/waivers-name.ts';
import type { Config, GuardLevel } from '../../../../src/protocol/config.ts';
import type { RawFinding } from '../../../../src/protocol/finding.ts';
import type { Waiver } from '../../../../src/protocol/waivers.ts';
import { sha256 } from '../line-language.ts';
import { sampleWaiver } from '../waivers/sample-waiver.ts';
import { type Files, guardContext, inspect } from './context.ts';

const SOURCE = 'one();\ntwo();\n';
const AT: RawFinding = {
  code: 'boundary/denied',
  severity: 'error',
  path: 'a.ts',
  range: { start: { line: 2, column: 1 }, end: { line: 2, column: 6 } },
  message: 'no',
};
const STANDING = sampleWaiver({ ...bindFinding(AT, () => SOURCE, sha256) });

function fileOf(...all: readonly Waiver[]): string {
  return all.reduce<string | undefined>((text, waiver) => appendWaiver(text, waiver), undefined) ?? '';
}

async function report(base: Files, head: Files, level: GuardLevel = 'warn') {
  const config: Config = { ...DEFAULT_CONFIG, guards: { ...DEFAULT_CONFIG.guards, waivers: level } };
  return inspect(waivers, base, head, { config, waivers: parseWaivers(head[WAIVERS_FILE] ?? '{}') });
}

describe('the guard of waivers', () => {
  it('shows one that is new, where it stands, for whoever reviews it', async () => {
    const { findings, examined } = await report({}, { 'a.ts': SOURCE, [WAIVERS_FILE]: fileOf(STANDING) });
    expect(examined).toBe(1);
    expect(findings).toEqual([
      {
        code: 'waiver/added',
        severity: 'info',
        path: WAIVERS_FILE,
        range: expect.objectContaining({ start: { line: 5, column: 5 } }),
        message:
          'Ada <ada@example.org> waives a.ts: `>` → `>=` in if (a > b) {, because "both bounds give the same page"',
        data: { fingerprint: 'm-0123456789' },
      },
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ['known', fileOf(STANDING), []],
    ['known, the file laid out anew', fileOf(STANDING).replaceAll('  ', '\t'), []],
    ['with another reason', fileOf({ ...STANDING, reason: 'another reason' }), ['waiver/added']],
    ['known beside others', fileOf(sampleWaiver({ ...STANDING, fingerprint: 'feedfacefeedface' }), STANDING), []],
    ['in a file that was none', '{ "waivers": [', ['waiver/added']],
  ])('takes one for what it is: %s', async (_, before, expected) => {
    const head = { 'a.ts': SOURCE, [WAIVERS_FILE]: fileOf(STANDING) };
    const { findings } = await report({ 'a.ts': SOURCE, [WAIVERS_FILE]: before }, head);
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    ['changed', { 'a.ts': 'one();\nthree();\n' }],
    ['went', {}],
  ])('says that one has lapsed whose code %s', async (_, source) => {
    const files = { [WAIVERS_FILE]: fileOf(STANDING) };
    const { findings } = await report(files, { ...source, ...files });
    expect(findings).toMatchObject([{ code: 'waiver/lapsed', severity: 'info', path: WAIVERS_FILE }]);
    expect(findings[0]?.message).toContain('m-0123456789 has lapsed: what it speaks of in a.ts has changed');
  });

  it('lets none in where it is told so', async () => {
    const { findings } = await report({}, { 'a.ts': SOURCE, [WAIVERS_FILE]: fileOf(STANDING) }, 'block');
    expect(findings.map(({ severity }) => severity)).toEqual(['error']);
  });

  it('keeps silent where there are none', async () => {
    const context = await guardContext({ 'a.ts': '1' }, { 'a.ts': '2' });
    expect(waivers.applies?.(context)).toBe(false);
    const gone = await guardContext({ [WAIVERS_FILE]: fileOf(STANDING) }, {});
    expect(waivers.applies?.(gone)).toBe(true);
    expect((await report({ [WAIVERS_FILE]: fileOf(STANDING) }, {})).idle).toBe('there is no waiver');
  });
});

describe('a guard', () => {
  const guard: Guard = {
    id: 'boundaries',
    inspect: async () => ({ findings: [AT, { ...AT, message: 'nor this' }], examined: 2 }),
  };
  const deps = { clock: { now: () => 0, date: () => '' }, digest: sha256 };

  async function ran(given: readonly Waiver[], source = SOURCE) {
    const placed = parseWaivers(given.length === 0 ? '{}' : fileOf(...given));
    const context = await guardContext({}, { 'a.ts': source }, { waivers: placed });
    const [result] = await runGuards([guard], context, deps, new AbortController().signal);
    return result?.outcome;
  }

  it('does not fail for what is waived, and counts it', async () => {
    const outcome = await ran([]);
    const prints =
      outcome !== undefined && 'findings' in outcome ? outcome.findings.map(({ fingerprint }) => fingerprint) : [];
    const all = prints.map((fingerprint) => sampleWaiver({ ...STANDING, fingerprint }));
    expect(outcome?.status).toBe('fail');
    expect(await ran(all.slice(0, 1))).toMatchObject({
      status: 'fail',
      note: '1 finding waived',
      waived: [{ message: 'no' }],
    });
    expect(await ran(all)).toMatchObject({ status: 'pass', findings: [], note: '2 findings waived' });
    expect(await ran(all, 'one();\nthree();\n')).toMatchObject({ status: 'fail' });
  });
});
