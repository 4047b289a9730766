import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { ReportSettingsView } from '@/components/reports/report-settings-view';
import { loadOwnMails } from '@/lib/outbox/loaders';
import { loadReportSettings } from '@/lib/reports/loaders';

export const metadata: Metadata = { title: 'Reports and mails' };

export default async function ReportSettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  const [settings, mails] = await Promise.all([loadReportSettings(org), loadOwnMails(org)]);
  return <ReportSettingsView org={org} settings={settings} mails={mails} />;
}
