'use client';

import { cn } from './class-names';
import { useAnswer } from './field';

type Props = { name: string; label: string; defaultChecked?: boolean; className?: string };

/** Keeps the tick of a form that was refused; a box without one is not among what was sent. */
export function Checkbox({ name, label, defaultChecked = false, className }: Props) {
  const values = useAnswer()?.values;
  const isChecked = values ? values[name] === 'on' : defaultChecked;
  return (
    <label className={cn('flex items-baseline gap-2 text-sm', className)}>
      <input
        key={String(isChecked)}
        type="checkbox"
        name={name}
        defaultChecked={isChecked}
        className="translate-y-0.5 accent-walk"
      />
      {label}
    </label>
  );
}
