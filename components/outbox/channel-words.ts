import type { News } from '@/lib/domain/notice/recipients';
import type { ChannelKind } from '@/lib/outbox/types';

export const KIND_WORDS: Readonly<Record<ChannelKind, string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  webhook: 'Signed webhook',
};

export const NEWS_WORDS: Readonly<Record<News, { name: string; says: string }>> = {
  report: { name: 'Weekly report', says: 'once a week is frozen' },
  alert: { name: 'Alerts', says: 'a lost gear or a SEV1, at once' },
  digest: { name: 'Digest', says: 'what waits for a decision, on working days' },
};
