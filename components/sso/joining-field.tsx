import { SelectField } from '@/components/ui/select-field';
import type { ConnectionRow } from '@/lib/sso/types';

const joinings = [
  { value: 'provisioned', label: 'only people who were invited or provisioned' },
  { value: 'anyone', label: 'everybody of the verified domains whom it signs in' },
];

export function JoiningField({ joining }: { joining: ConnectionRow['joining'] | undefined }) {
  return (
    <SelectField
      name="joining"
      label="Who may join through it"
      required
      defaultValue={joining ?? 'provisioned'}
      options={joinings}
      className="sm:col-span-2"
    />
  );
}
