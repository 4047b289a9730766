import Form from 'next/form';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/components/ui/button';

type Props = {
  action: string;
  label: string;
  isFiltered: boolean;
  /** What else may be done with the list. */
  aside?: ReactNode;
  children: ReactNode;
};

/** Filters live in the URL: a plain GET form, with or without JavaScript. */
export function FilterForm({ action, label, isFiltered, aside, children }: Props) {
  return (
    <Form action={action} role="search" aria-label={label} className="mb-4 flex flex-wrap items-center gap-2">
      {children}
      <button type="submit" className={buttonStyle({ size: 'small' })}>
        Filter
      </button>
      {isFiltered ? (
        <Link href={action} prefetch={false} className={buttonStyle({ size: 'small', look: 'quiet' })}>
          Clear
        </Link>
      ) : null}
      {aside ? <span className="ml-auto text-sm text-muted">{aside}</span> : null}
    </Form>
  );
}

type SelectProps = {
  name: string;
  label: string;
  value: string | undefined;
  all: string;
  options: readonly { value: string; label: string }[];
};

export function FilterSelect({ name, label, value = '', all, options }: SelectProps) {
  return (
    <select
      key={value}
      name={name}
      aria-label={label}
      defaultValue={value}
      className="h-8 max-w-44 rounded-md border border-field-line bg-card px-1.5 text-sm"
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

export function FilterSearch({
  value = '',
  placeholder,
}: {
  value: string | undefined;
  placeholder: string;
}) {
  return (
    <input
      key={value}
      type="search"
      name="q"
      dir="auto"
      defaultValue={value}
      aria-label={placeholder}
      placeholder={placeholder}
      className="h-8 w-56 rounded-md border border-field-line bg-card px-2.5 text-sm placeholder:text-faint max-sm:w-full"
    />
  );
}

type TextProps = { name: string; label: string; value: string | undefined; type?: 'text' | 'date' };

/** A text or a day to narrow by; the label is in the field as long as it is empty, or before a day. */
export function FilterText({ name, label, value = '', type = 'text' }: TextProps) {
  const input = (
    <input
      key={value}
      type={type}
      name={name}
      dir={type === 'text' ? 'auto' : undefined}
      defaultValue={value}
      aria-label={label}
      placeholder={label}
      className="h-8 w-36 rounded-md border border-field-line bg-card px-2.5 text-sm placeholder:text-faint"
    />
  );
  if (type === 'text') return input;
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted">
      <span aria-hidden="true">{label}</span>
      {input}
    </span>
  );
}
