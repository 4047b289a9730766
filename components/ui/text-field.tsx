'use client';

import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { FieldFrame, type FieldProps, useField } from './field';

type Props = FieldProps &
  Pick<
    ComponentProps<'input'>,
    'type' | 'placeholder' | 'autoComplete' | 'maxLength' | 'pattern' | 'inputMode' | 'list' | 'onFocus'
  >;

export function TextField({ label, hint, remedy, optional = 'optional', className, ...rest }: Props) {
  const { id, error, control } = useField({ label, hint, ...rest });
  const { name: _, required, defaultValue: __, ...input } = rest;
  return (
    <FieldFrame
      {...{ id, label, hint, remedy, optional, error }}
      required={required ?? false}
      className={className ?? ''}
    >
      <input dir="auto" {...input} {...control} className={cn(control.className, 'h-9')} />
    </FieldFrame>
  );
}
