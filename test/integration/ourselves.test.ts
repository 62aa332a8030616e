import { expect, test } from 'vitest';
import { loop } from './command-line.ts';

test('this project keeps its own boundaries', async () => {
  const { check, status } = await loop(process.cwd(), '--only', 'boundaries', '--all');
  expect([check('boundaries').details, status]).toEqual([[], 0]);
  expect(check('boundaries').examined).toBeGreaterThan(200);
});
