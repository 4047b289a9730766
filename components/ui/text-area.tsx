'use client';

import { cn } from './class-names';
import { FieldFrame, type FieldProps, useField } from './field';

type Props = FieldProps & { rows?: number; placeholder?: string; maxLength?: number };

export function TextArea({
  label,
  hint,
  optional = 'optional',
  className,
  rows = 3,
  placeholder,
  maxLength,
  ...rest
}: Props) {
  const { id, error, control } = useField({ label, hint, ...rest });
  return (
    <FieldFrame
      {...{ id, label, hint, optional, error }}
      required={rest.required ?? false}
      className={className ?? ''}
    >
      <textarea
        dir="auto"
        {...{ rows, placeholder, maxLength }}
        {...control}
        className={cn(control.className, 'block py-1.5')}
      />
    </FieldFrame>
  );
}
