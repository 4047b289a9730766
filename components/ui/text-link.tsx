import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

type Props = ComponentProps<typeof Link> & { quiet?: boolean };

/** A link inside text; a quiet one is underlined only under the pointer. Never fetched ahead: lists would fetch every row. */
export function TextLink({ className, quiet = false, ...rest }: Props) {
  const line = quiet ? 'hover:underline' : 'underline decoration-field-line/60 hover:decoration-current';
  return <Link prefetch={false} className={cn('rounded-sm underline-offset-3', line, className)} {...rest} />;
}
