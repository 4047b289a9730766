import { expect, it } from 'vitest';
import { adoptEnv } from '@/lib/platform/env';
import { createTestDatabase } from '@/lib/platform/testing/database';
import { withInstalledOrg } from './installed-org';

it('where Gait was never started, a command says exactly what to do', async () => {
  const database = await createTestDatabase();
  adoptEnv({ DATABASE_URL: database.databaseUrl, AUTH_SECRET: 'x'.repeat(32) });
  try {
    await expect(withInstalledOrg(async () => 'done')).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringMatching(
        /^Gait was never started here\. Run npm start once .+ run this command again\./,
      ),
    });
  } finally {
    await database.drop();
  }
});
