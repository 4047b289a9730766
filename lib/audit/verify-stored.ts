import { type AuditReport, type Expectations, verifyRecord } from '@/lib/domain/audit/verify-record';
import type { OrgId } from '@/lib/platform/ctx';
import { exportRecord } from './data/export';

/** Verifies the record as it lies in the database: the same lines, by the same verifier, as an exported file. */
export async function verifyStored(orgId: OrgId, expectations: Expectations = {}): Promise<AuditReport> {
  const verifier = verifyRecord(expectations);
  for await (const line of exportRecord(orgId)) if (verifier.take(line) !== null) break;
  return verifier.finish(true);
}
