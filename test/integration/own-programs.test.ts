import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWork } from './repository.ts';
import { surveyOf } from './surveyed.ts';

test('no program that a repository has git run on contents is run by looking at it', async () => {
  const repository = createWork({ 'a.txt': 'one\n', '.gitattributes': '*.txt filter=own diff=own\n' });
  const sign = join(repository.dir, '.git', 'has-run');
  const program = `touch '${sign}'; cat`;
  for (const key of ['clean', 'smudge']) repository.git('config', `filter.own.${key}`, program);
  repository.git('config', 'diff.own.textconv', `touch '${sign}'; cat`);
  repository.write({ 'a.txt': 'two\n' });
  // A file that git has to read again to know whether it changed.
  utimesSync(join(repository.dir, 'a.txt'), new Date(), new Date(Date.now() + 5000));
  const { change } = await surveyOf(repository.dir);
  expect(change.files.map(({ path }) => path)).toContain('a.txt');
  expect(existsSync(sign)).toBe(false);
});
