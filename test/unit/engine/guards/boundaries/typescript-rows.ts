import { describe, expect, it } from 'vitest';
import { type Files, judged } from './judged.ts';

export const RULE = { from: 'src/domain/**', deny: 'src/infra/**', because: 'the domain runs without a database' };
export const TREE: Files = {
  'package.json': JSON.stringify({
    name: 'shop',
    imports: { '#db': './src/infra/db.ts', '#ok': './src/shared/ok.ts' },
  }),
  'tsconfig.base.json': JSON.stringify({
    compilerOptions: { paths: { '@infra/*': ['./src/infra/*'], '@ok/*': ['./src/shared/*'] } },
  }),
  'tsconfig.json': JSON.stringify({ extends: './tsconfig.base.json' }),
  'src/infra/db.ts': 'export const db = 1; export type Row = number;',
  'src/infra/cache.ts': 'export const cache = 1;',
  'src/shared/ok.ts': 'export const ok = 1; export type Ok = number;',
  'src/domain/own.ts': 'export const own = 1;',
};

/** Where, the disguise, what is pointed at, and an innocent twin. */
export type Row = readonly [name: string, path: string, source: string, pointed: string, twin: string];

export const DB = '../infra/db';
/** Each disguise is a finding at the place pointed at, its twin is none. */
export function expectDenied(rows: readonly Row[]): void {
  describe.each(rows)('%s', (_name, file, source, pointed, twin) => {
    const path = `src/domain/${file}`;

    it('is seen', async () => {
      expect(await judged({ ...TREE, [path]: source }, [RULE])).toEqual([`boundary/denied ${path} "${pointed}"`]);
    });

    it('has an innocent twin', async () => {
      expect(await judged({ ...TREE, [path]: twin }, [RULE])).toEqual([]);
    });
  });
}
