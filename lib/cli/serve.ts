import type { DirectDoor } from '@/lib/platform/launch/direct';
import type { Kind } from '@/lib/platform/launch/launch';

/** Starts Gait in one of its kinds, with what a first start does and the doors that are answered without the framework. */
export async function serve(kind: Kind): Promise<void> {
  const { launch } = await import('@/lib/platform/launch/launch');
  const { lookAtSeals } = await import('@/lib/audit/seals');
  const { prepareInstallation } = await import('@/lib/organisations/first-start');
  const { receiveEvents } = await import('@/lib/events/receive');
  const { systemClock } = await import('@/lib/platform/clock');
  const doors: Record<string, DirectDoor> = {
    'POST /api/v1/events': (incoming, requestId) => receiveEvents(incoming, requestId, systemClock),
  };
  await launch(kind, { lookAtSeals, prepare: prepareInstallation }, doors);
}
