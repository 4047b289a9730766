import { cn } from './class-names';

type Props = { name: string; label: string; defaultChecked?: boolean; className?: string };

export function Checkbox({ name, label, defaultChecked = false, className }: Props) {
  return (
    <label className={cn('flex items-baseline gap-2 text-sm', className)}>
      <input
        type="checkbox"
        name={name}
        defaultChecked={defaultChecked}
        className="translate-y-0.5 accent-walk"
      />
      {label}
    </label>
  );
}
