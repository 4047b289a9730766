import type { ReactNode } from 'react';
import { ClockBanner } from '@/components/clock/clock-banner';
import { decodePart } from '@/components/layout/params';
import { PageShell } from '@/components/layout/shell';
import { SampleBanner } from '@/components/sample/sample-banner';
import { SignOutForm } from '@/components/sessions/sign-out-form';
import { loadClockTrouble } from '@/lib/clock/loaders';
import { loadShell } from '@/lib/organisations/loaders';

type Props = { params: Promise<{ org: string }>; children: ReactNode };

export default async function OrganisationLayout({ params, children }: Props) {
  const org = decodePart((await params).org);
  const shell = await loadShell(org);
  const trouble = await loadClockTrouble(org);
  const { slug, isSample } = shell.organisation;
  return (
    <PageShell
      shell={shell}
      banner={
        <>
          {isSample ? <SampleBanner org={slug} /> : null}
          {trouble ? <ClockBanner trouble={trouble} /> : null}
        </>
      }
      signOut={<SignOutForm />}
    >
      {children}
    </PageShell>
  );
}
