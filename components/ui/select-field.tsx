'use client';

import { cn } from './class-names';
import { FieldFrame, type FieldProps, useField } from './field';

export type Option = { value: string; label: string };

type Props = FieldProps & { options: readonly Option[]; empty?: string };

/** A native select. What stays empty is a choice like the others. The key makes React keep the choice when it resets a sent form. */
export function SelectField({ label, hint, className, options, empty, ...rest }: Props) {
  const { id, error, control } = useField({ label, hint, ...rest });
  return (
    <FieldFrame {...{ id, label, hint, error }} required className={className ?? ''}>
      <select key={control.defaultValue} {...control} className={cn(control.className, 'h-9')}>
        {empty === undefined ? null : <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
