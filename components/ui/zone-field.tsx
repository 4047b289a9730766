'use client';

import { useId, useState } from 'react';
import { TextField } from './text-field';

type Props = { defaultValue: string; hint?: string };

/** A time zone, offered by name. The names are there from the first focus on: they are many, and each browser knows its own. */
export function ZoneField({ defaultValue, hint }: Props) {
  const id = useId();
  const [zones, setZones] = useState<readonly string[]>([]);
  return (
    <div className="min-w-0">
      <TextField
        name="zone"
        label="Time zone"
        required
        defaultValue={defaultValue}
        placeholder="Europe/Berlin"
        hint={hint}
        list={id}
        autoComplete="off"
        maxLength={100}
        onFocus={() => setZones(['UTC', ...Intl.supportedValuesOf('timeZone')])}
      />
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}
