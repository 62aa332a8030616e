import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../../src/engine/report/catalogue.ts';

const PAGE = new URL('../../../../docs/findings.md', import.meta.url);

describe('the catalogue', () => {
  it('names each code once, as area/kind, and says all three things about it', () => {
    expect(new Set(CATALOGUE.map(({ code }) => code)).size).toBe(CATALOGUE.length);
    for (const { code, meaning, why, lift } of CATALOGUE) {
      expect(code).toMatch(/^[a-z-]+\/([a-z-]+|\*)$/);
      for (const text of [meaning, why, lift]) expect(text).toMatch(/^\S.*[.)]$/);
    }
  });

  it.skipIf(!existsSync(PAGE))('says the same as docs/findings.md', () => {
    const page = readFileSync(PAGE, 'utf8').replace(/\s+/g, ' ');
    const headings = [...readFileSync(PAGE, 'utf8').matchAll(/^#{2,4} `([^`]+)`/gm)].map((match) => match[1]);
    expect(headings.toSorted()).toEqual(CATALOGUE.map(({ code }) => code).toSorted());
    for (const { meaning, why, lift } of CATALOGUE)
      for (const text of [meaning, why, lift]) expect(page).toContain(text);
  });
});
