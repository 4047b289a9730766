import { systemClock } from '@/lib/platform/clock';
import { onShutdown } from '@/lib/platform/shutdown';
import { startProjector } from './projector';

/** What a server process does beside answering. */
export function startBackground(): void {
  const projector = startProjector(systemClock);
  onShutdown('projector', () => projector.stop());
}
