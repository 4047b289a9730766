import { startAuditKeeper } from '@/lib/audit/background';
import { startTimeKeeper } from '@/lib/clock/background';
import { startSender } from '@/lib/outbox/background';
import { systemClock } from '@/lib/platform/clock';
import { onShutdown } from '@/lib/platform/shutdown';
import { startReportKeeper } from '@/lib/reports/background';
import { startSignInKeeper } from '@/lib/sso/background';
import { startProjector } from './projector';

/** What a server process does beside answering. */
export function startBackground(): void {
  const time = startTimeKeeper(systemClock);
  onShutdown('time keeper', () => time.stop());
  const projector = startProjector(systemClock);
  onShutdown('projector', () => projector.stop());
  const keeper = startAuditKeeper(systemClock);
  onShutdown('audit keeper', () => keeper.stop());
  const reports = startReportKeeper(systemClock);
  onShutdown('report keeper', () => reports.stop());
  const sender = startSender(systemClock);
  onShutdown('sender', () => sender.stop());
  const signIn = startSignInKeeper(systemClock);
  onShutdown('sign-in keeper', () => signIn.stop());
}
