import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts'],
    reporters: ['default', './test/closing-line.ts', './test/watchdog.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
