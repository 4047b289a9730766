import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adoptEnv, env } from '@/lib/platform/env';
import { cannotStart } from '@/lib/platform/errors';
import { createBodies } from '@/lib/platform/launch/bodies';
import { answerDirectly, type DirectDoor } from '@/lib/platform/launch/direct';
import { foreignForm } from '@/lib/platform/launch/foreign-form';
import { guard } from '@/lib/platform/launch/guard';
import type { Door } from '@/lib/platform/launch/http';
import { malformed, misdirected } from '@/lib/platform/launch/malformed';
import { adoptTarget } from '@/lib/platform/launch/target';
import { logger } from '@/lib/platform/logger';
import { withFate } from '@/lib/platform/request-fate';
import { projectRoot } from '@/lib/platform/root';

/** Next tells the console how long it took to read its own configuration, which is nothing to the person who starts Gait. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = (...words: unknown[]) => logger().debug(words.join(' '));
  await work().finally(() => {
    console.log = log;
  });
}

/**
 * The configuration as the build wrote it down, the way Next's own standalone server takes it: reading next.config.ts again
 * would load a compiler into this process for good, a fifth of its memory.
 */
function adoptBuiltConfig(): void {
  const file = join(projectRoot(), '.next', 'required-server-files.json');
  if (!existsSync(file))
    throw cannotStart('The pages are not built. Run `npm run build`, or start with `npm start`.');
  const { config } = JSON.parse(readFileSync(file, 'utf8')) as { config: unknown };
  adoptEnv({ __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(config) });
}

export type Framework = Promise<typeof import('next')>;

/** Begins to load the framework, which takes as long as the database takes to start. It reads no setting that is not known yet. */
export function loadFramework(dev: boolean): Framework {
  adoptEnv({ NODE_ENV: dev ? 'development' : 'production' });
  if (!dev) adoptBuiltConfig();
  const framework = import('next');
  // A start that fails before it asks for the framework has its own reason to tell.
  framework.catch(() => {});
  return framework;
}

/** The pages and routes, in this process: one pool, one projector, one thing to stop. */
export async function openWeb(
  door: Door,
  framework: Framework,
  dev: boolean,
  doors: Readonly<Record<string, DirectDoor>>,
): Promise<() => Promise<void>> {
  const { default: next } = await framework;
  const { PORT, HOST } = env();
  const app = next({
    dev,
    dir: projectRoot(),
    hostname: HOST ?? 'localhost',
    port: PORT,
    httpServer: door.server,
    ...(dev ? { turbopack: true } : {}),
  });
  await quietly(() => app.prepare());
  const answer = app.getRequestHandler();
  const bodies = createBodies();
  door.open(
    withFate((request, response) => {
      const isOurs = adoptTarget(request);
      guard(request, response, dev);
      const { method, url } = request;
      const direct =
        (isOurs ? bodies.admit(request, response) : misdirected) ??
        doors[`${method} ${url}`] ??
        malformed(method, url, request.headers) ??
        foreignForm(request);
      return direct ? answerDirectly(direct, request, response) : answer(request, response);
    }),
  );
  return async () => {
    bodies.close();
    await app.close();
  };
}
