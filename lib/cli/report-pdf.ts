import { writeFile } from 'node:fs/promises';
import type { ReportContent } from '@/lib/domain/report/content';
import { AppError, messageOf } from '@/lib/platform/errors';
import { pdfOf } from '@/lib/reports/data/pdf';

/** Writes a report as PDF into a file, over what was there, as `gait audit export` does; others on the machine may not read it. */
export async function writeReportPdf(file: string, content: ReportContent): Promise<void> {
  const pdf = await pdfOf(content);
  try {
    await writeFile(file, pdf, { mode: 0o600 });
  } catch (error) {
    throw new AppError('unavailable', `${file} cannot be written: ${messageOf(error)}.`, { cause: error });
  }
}
