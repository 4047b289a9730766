import type { ReactNode } from 'react';
import { IncidentForm } from '@/components/incidents/incident-form';
import { PageHeader } from '@/components/layout/page-header';
import { Card } from '@/components/ui/card';
import { ReviewForm } from './review-form';
import { TaskForm } from './task-form';

type Props = {
  org: string;
  teams: { slug: string; name: string }[];
  categories: { key: string; name: string }[];
};

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card aria-label={title} className="p-5">
      <h2 className="mb-4 text-lg font-semibold">{title}</h2>
      {children}
    </Card>
  );
}

export function RecordView({ org, teams, categories }: Props) {
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Record by hand."
        lead="For what no system reports. What is recorded goes into the same record as everything else and cannot be edited."
      />
      <div className="flex flex-col gap-4">
        <Section title="A task">
          <TaskForm org={org} teams={teams} categories={categories} />
        </Section>
        <Section title="A review">
          <ReviewForm org={org} />
        </Section>
        <Section title="An incident">
          <IncidentForm org={org} teams={teams} />
        </Section>
      </div>
    </div>
  );
}
