import type { Metadata } from 'next';
import { decodePart } from '@/components/layout/params';
import { ReportSettingsView } from '@/components/reports/report-settings-view';
import { loadReportSettings } from '@/lib/reports/loaders';

export const metadata: Metadata = { title: 'Reports by mail' };

export default async function ReportSettingsPage({ params }: { params: Promise<{ org: string }> }) {
  const org = decodePart((await params).org);
  return <ReportSettingsView org={org} settings={await loadReportSettings(org)} />;
}
