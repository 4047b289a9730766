import type { ComponentProps } from 'react';
import { cn } from './class-names';

export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section
      className={cn('min-w-0 rounded-xl border border-line bg-card shadow-card', className)}
      {...rest}
    />
  );
}
