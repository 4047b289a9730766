import { canonicalText } from '@/lib/domain/audit/entry';
import { entryLine } from '@/lib/domain/audit/lines';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { entryOf } from '../chain';
import { CSV_HEAD, csvRow } from '../csv';
import type { AuditFilters } from '../types';
import { readHead } from './entries';
import { exportRecord } from './export';
import { readAudit } from './list';

export type AuditQuery = AuditFilters & {
  format: 'ndjson' | 'csv' | 'export';
  after: number;
  limit?: number | undefined;
};

/** The record as an answer, in pieces: it may be longer than memory. `X-Total` says how many entries were ever written. */
export async function answerAudit(orgId: OrgId, query: AuditQuery): Promise<Response> {
  const head = await inOrg(orgId, (tx) => readHead(tx, orgId));
  const isCsv = query.format === 'csv';
  const name =
    query.format === 'export' ? 'gait-audit.ndjson' : `gait-audit-entries.${isCsv ? 'csv' : 'ndjson'}`;
  return new Response(streamOf(linesOf(orgId, query)), {
    headers: {
      'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      'content-disposition': `attachment; filename="${name}"`,
      'x-total': String(head?.size ?? 0),
    },
  });
}

async function* linesOf(
  orgId: OrgId,
  { format, after, limit, ...filters }: AuditQuery,
): AsyncGenerator<string> {
  if (format === 'export') return yield* ended(exportRecord(orgId), '\n');
  if (format === 'csv') yield `\ufeff${CSV_HEAD}\r\n`;
  for await (const row of readAudit(orgId, filters, { after, limit })) {
    yield format === 'csv'
      ? `${csvRow(orgId, row)}\r\n`
      : `${entryLine(canonicalText(entryOf(orgId, row)), row.hash)}\n`;
  }
}

async function* ended(lines: AsyncIterable<string>, end: string): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}${end}`;
}

/** Lines are gathered into pieces worth sending. */
const PIECE = 65_536;

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      let piece = '';
      while (piece.length < PIECE) {
        const { value, done } = await lines.next();
        if (done) {
          if (piece !== '') controller.enqueue(encoder.encode(piece));
          return controller.close();
        }
        piece += value;
      }
      controller.enqueue(encoder.encode(piece));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
