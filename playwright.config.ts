import { defineConfig } from '@playwright/test';

/** Needs the built server (`npm run build`); the browser and the servers come from e2e/fixtures. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    // What cannot be done in this time is said with its place, and not with the end of the test.
    actionTimeout: 20_000,
    // With a trace a test takes half as long again: to look closer at one, run it with --trace on.
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
  },
});
