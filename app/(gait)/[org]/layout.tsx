import type { ReactNode } from 'react';
import { decodePart } from '@/components/layout/params';
import { PageShell } from '@/components/layout/shell';
import { SampleBanner } from '@/components/sample/sample-banner';
import { SignOutForm } from '@/components/sessions/sign-out-form';
import { loadShell } from '@/lib/organisations/loaders';

type Props = { params: Promise<{ org: string }>; children: ReactNode };

export default async function OrganisationLayout({ params, children }: Props) {
  const shell = await loadShell(decodePart((await params).org));
  const { slug, isSample } = shell.organisation;
  return (
    <PageShell shell={shell} banner={isSample ? <SampleBanner org={slug} /> : null} signOut={<SignOutForm />}>
      {children}
    </PageShell>
  );
}
