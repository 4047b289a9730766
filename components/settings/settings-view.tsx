import {
  CalendarCheck,
  FlaskConical,
  KeyRound,
  type LucideIcon,
  Megaphone,
  ShieldCheck,
  Users,
} from 'lucide-react';
import { PageHeader } from '@/components/layout/page-header';
import { paths } from '@/components/layout/paths';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';

type Entry = { title: string; says: string; icon: LucideIcon; path: (org: string) => string };

const entries: Entry[] = [
  {
    title: 'People',
    says: 'Who is here, in which roles, and where they are signed in. Invite the second person whom run takes.',
    icon: Users,
    path: paths.members,
  },
  {
    title: 'Sign-in',
    says: 'Identity providers by OpenID Connect or SAML, domains, groups, directories, and whether links still work.',
    icon: ShieldCheck,
    path: paths.signIn,
  },
  {
    title: 'Reports and mails',
    says: 'When the weekly reports are due, by whose clocks, and what you get by mail.',
    icon: CalendarCheck,
    path: paths.reportSettings,
  },
  {
    title: 'Channels',
    says: 'Slack, Microsoft Teams and signed webhooks that reports and alerts go to.',
    icon: Megaphone,
    path: paths.channels,
  },
  {
    title: 'Tokens',
    says: 'What lets CI, scripts and agents speak to Gait.',
    icon: KeyRound,
    path: paths.tokens,
  },
];

const sample: Entry = {
  title: 'Sample data',
  says: 'Remove what was invented, and begin with an organisation of your own.',
  icon: FlaskConical,
  path: paths.removeSample,
};

export function SettingsView({ org, isSample }: { org: string; isSample: boolean }) {
  return (
    <>
      <PageHeader title="Settings" lead="Who may come in, what may speak to Gait, and how." />
      <ul className="grid max-w-4xl gap-3 sm:grid-cols-2">
        {[...entries, ...(isSample ? [sample] : [])].map(({ title, says, icon: Icon, path }) => (
          <li key={title}>
            <Card className="relative flex h-full gap-3 p-4 hover:border-field-line">
              <Icon size={18} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-muted" />
              <div>
                <h2 className="font-semibold">
                  <TextLink quiet href={path(org)} className="after:absolute after:inset-0 after:rounded-xl">
                    {title}
                  </TextLink>
                </h2>
                <p className="mt-0.5 text-sm text-muted">{says}</p>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </>
  );
}
