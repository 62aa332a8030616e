import { expect, it } from 'vitest';
import { chooseHost } from '../../e2e/host.ts';

it.each([
  [{ display: true, network: true }, 'electron', '/code'],
  [{ display: true, network: false }, 'server', 'cannot be downloaded'],
  [{ display: false, network: true }, 'server', 'no display'],
] as const)('chooses where the suite runs, and says why: %j', async ({ display, network }, kind, says) => {
  const host = await chooseHost({
    canDownload: async () => network,
    download: async () => '/code',
    hasDisplay: () => display,
  });
  expect(host.kind).toBe(kind);
  expect(host.says).toContain(says);
});
