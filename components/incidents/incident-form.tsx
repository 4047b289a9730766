'use client';

import { useActionState } from 'react';
import { paths } from '@/components/layout/paths';
import { FormAnswer } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { SelectField } from '@/components/ui/select-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { recordIncidentAction } from '@/lib/incidents/actions';

const severities = [
  { value: 'SEV1', label: 'SEV1: takes the lane to crawl' },
  { value: 'SEV2', label: 'SEV2: takes the lane one gear down' },
  { value: 'SEV3', label: 'SEV3: counts as two failures' },
  { value: 'SEV4', label: 'SEV4: counts as one failure' },
];

type Props = { org: string; teams: { slug: string; name: string }[] };

/** An incident recorded by hand. */
export function IncidentForm({ org, teams }: Props) {
  const [answer, record] = useActionState(recordIncidentAction, null);
  return (
    <form action={record} className="grid gap-3 sm:grid-cols-2">
      <input type="hidden" name="organisation" value={org} />
      <FormAnswer value={answer}>
        <TextField name="title" label="What happened" required maxLength={1000} className="sm:col-span-2" />
        <TextField
          name="ref"
          label="Reference"
          required
          maxLength={500}
          placeholder="pagerduty:Q1W2E3"
          hint="Its name where it came from; once in the organisation."
          remedy={
            answer?.code === 'conflict' && <TextLink href={paths.incidents(org)}>See the incidents</TextLink>
          }
        />
        <SelectField name="severity" label="Severity" required defaultValue="SEV3" options={severities} />
        <SelectField
          name="team"
          label="Team"
          empty="Not known"
          options={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
        <TextField
          name="task"
          label="Task it came from"
          maxLength={500}
          placeholder="github:acme/shop#123"
          hint="Linked as confirmed: it is charged at once."
        />
        <TextField name="url" type="url" label="Address" maxLength={2000} className="sm:col-span-2" />
      </FormAnswer>
      <div className="flex flex-col items-start gap-2 sm:col-span-2">
        <FormMessage answer={answer} />
        <SubmitButton look="primary">Record the incident</SubmitButton>
      </div>
    </form>
  );
}
