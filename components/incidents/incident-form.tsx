import { paths } from '@/components/layout/paths';
import { RecordForm } from '@/components/layout/record-form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { WhenTaken } from '@/components/ui/when-taken';
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
  return (
    <RecordForm action={recordIncidentAction} org={org} button="Record the incident">
      <TextField name="title" label="What happened" required maxLength={1000} className="sm:col-span-2" />
      <TextField
        name="ref"
        label="Reference"
        required
        maxLength={500}
        placeholder="pagerduty:Q1W2E3"
        hint="Its name where it came from; once in the organisation."
        remedy={
          <WhenTaken>
            <TextLink href={paths.incidents(org)}>See the incidents</TextLink>
          </WhenTaken>
        }
      />
      <SelectField name="severity" label="Severity" required defaultValue="SEV3" options={severities} />
      <TextField name="at" type="datetime-local" label="Began at" hint="Now, if left empty (UTC)." />
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
        hint="Linked as confirmed: charged at once, to the lane of the task, whichever team is named here."
        className="sm:col-span-2"
      />
      <TextField name="url" type="url" label="Address" maxLength={2000} className="sm:col-span-2" />
    </RecordForm>
  );
}
