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
  // What cannot be done in this time is said with its place, and not with the end of the test.
  use: { actionTimeout: 20_000, trace: 'retain-on-failure', viewport: { width: 1280, height: 800 } },
});
