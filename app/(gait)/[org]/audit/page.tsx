import type { Metadata } from 'next';
import { readAuditFilters } from '@/components/audit/audit-filters';
import { AuditRefused, AuditView } from '@/components/audit/audit-view';
import { decodePart, firstOf, type SearchParams } from '@/components/layout/params';
import { loadAudit } from '@/lib/audit/loaders';

export const metadata: Metadata = { title: 'Audit log' };

type Props = { params: Promise<{ org: string }>; searchParams: SearchParams };

export default async function AuditLogPage({ params, searchParams }: Props) {
  const org = decodePart((await params).org);
  const query = await searchParams;
  const filters = readAuditFilters(query);
  const cursor = firstOf(query.cursor);
  const page = await loadAudit(org, filters, cursor);
  return page === null ? <AuditRefused /> : <AuditView {...{ org, page, filters, cursor }} />;
}
