import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { plural } from '@/components/ui/numbers';
import { SectionHeading } from '@/components/ui/section-heading';
import type { ChannelsPage } from '@/lib/outbox/types';
import { ChannelCard } from './channel-card';
import { ChannelForm } from './channel-form';
import { UndeliveredList } from './undelivered-list';

export function ChannelsView({ org, page }: { org: string; page: ChannelsPage }) {
  const { items, teams, deliveries } = page;
  const on = items.filter(({ isOn }) => isOn).length;
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <PageHeader
        trail={[{ label: 'Settings', href: paths.settings(org) }]}
        title={on === 0 ? 'News goes to no channel.' : `News goes to ${plural(on, 'channel')}.`}
        lead="A room in Slack or Microsoft Teams, or a program of yours, is told what the weekly report says, and what cannot wait for it."
      />
      {items.length > 0 ? (
        <ul className="grid gap-3">
          {items.map((channel) => (
            <li key={channel.id}>
              <ChannelCard org={org} channel={channel} />
            </li>
          ))}
        </ul>
      ) : null}
      <section aria-labelledby="add">
        <SectionHeading id="add">Add a channel</SectionHeading>
        <Card className="p-5">
          <ChannelForm org={org} teams={teams} />
        </Card>
      </section>
      <UndeliveredList org={org} rows={deliveries} />
    </div>
  );
}
