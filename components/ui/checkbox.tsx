'use client';

import type { ReactNode } from 'react';
import { cn } from './class-names';
import { useAnswer } from './field';

type Props = {
  name: string;
  label: ReactNode;
  defaultChecked?: boolean;
  /** Of a box whose group was refused as a whole. */
  isInvalid?: boolean;
  className?: string;
};

/** Keeps the tick of a form that was refused; a box without one is not among what was sent. */
export function Checkbox({ name, label, defaultChecked = false, isInvalid = false, className }: Props) {
  const values = useAnswer()?.values;
  const isChecked = values ? values[name] === 'on' : defaultChecked;
  return (
    <label className={cn('flex items-baseline gap-2 text-sm', className)}>
      <input
        key={String(isChecked)}
        type="checkbox"
        name={name}
        defaultChecked={isChecked}
        aria-invalid={isInvalid || undefined}
        className="translate-y-0.5 accent-walk"
      />
      <span>{label}</span>
    </label>
  );
}
