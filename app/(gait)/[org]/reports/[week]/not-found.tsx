import type { Metadata } from 'next';
import { PageHeader } from '@/components/layout/page-header';

export const metadata: Metadata = { title: 'No such report' };

export default function NoReport() {
  return (
    <PageHeader
      title="There is no report of this week."
      lead="A week is frozen once it is over. Earlier ones are computed from the record when somebody asks for them: npx gait report --week 2026-W01."
    />
  );
}
