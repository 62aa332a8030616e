import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/engine/checks/check.ts';
import { commentedConfig } from '../../../../src/engine/config/commented-config.ts';
import { DEFAULT_CONFIG } from '../../../../src/engine/config/default-config.ts';
import { parseConfig } from '../../../../src/engine/config/load-config.ts';
import type { Survey } from '../../../../src/engine/survey.ts';
import { changeOf, surveyOf } from '../report/surveyed.ts';
import { sampleCheck } from '../sample.ts';

async function written(more: Partial<Survey> = {}, checks: readonly Partial<Check>[] = [{}]): Promise<string> {
  return commentedConfig(await surveyOf({ checks: checks.map((check) => sampleCheck(check)), ...more }));
}

/** The same with every line that begins as a commented-out setting brought to life. */
function uncommented(text: string): string {
  return text.replace(/^( *)\/\/ ( *["}])/gm, '$1$2');
}

const SCOPES = [
  { id: 'core', root: 'packages/core', dependsOn: [], projects: [] },
  { id: 'lib "x"', root: 'packages/lib "x"', dependsOn: ['core'], projects: [] },
  { id: 'root', root: '', dependsOn: [], projects: [] },
];

describe('the commented configuration', () => {
  it('changes nothing until edited', async () => {
    expect(parseConfig(await written(), 'x')).toEqual(DEFAULT_CONFIG);
  });

  it('is JSON with comments', async () => {
    const errors: ParseError[] = [];
    parse(await written(), errors);
    expect(errors).toEqual([]);
  });

  it('is right when every setting in it is brought to life', async () => {
    const scopes = { scopes: SCOPES, get: () => undefined, of: () => undefined };
    const config = parseConfig(
      uncommented(
        await written({ scopes }, [
          {},
          { id: 'test:core', timeoutMs: 600_000, evidence: 'package.json\nscript "test" // */' },
        ]),
      ),
      'x',
    );
    expect(config.base).toBe('origin/main');
    expect(config.budget).toBe(DEFAULT_CONFIG.budget);
    expect(config.scopes).toEqual({
      core: { paths: ['packages/core/**'], dependsOn: [] },
      'lib "x"': { paths: ['packages/lib "x"/**'], dependsOn: ['core'] },
      root: { paths: ['**'], dependsOn: [] },
    });
    expect(config.mutation).toEqual({ ...DEFAULT_CONFIG.mutation, exclude: ['scripts/**'], arid: ['audit.record'] });
    expect(config.checks['lint:sample']?.timeout).toBe(60_000);
    expect(config.checks['test:core']?.timeout).toBe(600_000);
    expect(config.checks['lint:mine']).toMatchObject({
      run: 'node scripts/lint.js {files}',
      parse: 'exit-code',
      covers: ['src/**'],
    });
  });

  it('names the base that was found, or the usual one', async () => {
    expect(await written({ change: { ...changeOf(), baseName: 'origin/dev' } })).toContain('// "base": "origin/dev",');
    expect(await written({ change: { ...changeOf(), baseName: undefined } })).toContain('// "base": "origin/main",');
  });

  it('stays short in a repository of many parts', async () => {
    const scopes = {
      scopes: Array.from({ length: 500 }, (_, index) => ({
        id: `s${index}`,
        root: `s${index}`,
        dependsOn: [],
        projects: [],
      })),
      get: () => undefined,
      of: () => undefined,
    };
    expect(
      (
        await written(
          { scopes },
          Array.from({ length: 500 }, (_, index) => ({ id: `lint:${index}` })),
        )
      ).split('\n').length,
    ).toBeLessThan(150);
  });
});
